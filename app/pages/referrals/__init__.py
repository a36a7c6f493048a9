"""The pages about referrals: the list of searches, one referral's file, and the questions that make and change one."""

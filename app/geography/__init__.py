"""Where places are, answered from data: postcodes, authorities and their neighbours, and journeys by road."""

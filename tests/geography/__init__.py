"""Places as the data has them: postcodes, authorities and their neighbours, and journeys by road."""

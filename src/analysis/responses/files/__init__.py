"""From a file that somebody has to rows of text, one a respondent."""

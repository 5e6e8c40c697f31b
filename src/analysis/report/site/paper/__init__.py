"""The report on paper: pandoc and Typst, no LaTeX; every PDF is PDF/UA-1."""

# Texts of this language; see the English file for what each is for.

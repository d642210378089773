"""The build: CSV tables in, checked dataset and bilingual website out. Run with `python -m scripts`.

A module imports only from its left (`tests/test_layers.py` holds this line to the code):

    progress → paths → problem → files → documents → shapes → addresses → cells → package → periods → records →
    facts → enclosed → schemas → rules → coherence → wording → verdicts → originality → archives → history →
    sealed → ledger → editions → changes → shifts → formats → latest → citations → lexicon → languages → strays →
    figures → markup → policy → quotes → structure → charts → fonts → pixels → lines → pictures → settings →
    interactive → register → outline → prose → blocks → exports → downloads → gallery → shelf → metadata → pages →
    links → releases → builder → website → preview → assets → commands → lock → serve
"""

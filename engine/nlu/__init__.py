"""How a message is understood: features of its meaning and its letters, and a classifier.

The plain parts (``words``, ``glossary``, ``speller``, ``reading``, ``encoder``,
``bert_graph``, ``ngrams``, ``similarity``, ``meanings``) know nothing of Rasa and import in
a second; the graph components beside them (``message_reader``, ``sentence_featurizer``,
``ngram_featurizer``, ``meaning_classifier``, ``doubt``) are how Rasa trains and runs them.
Nothing in here reaches the network, runs a package's code to read its weights,
or keeps a message.
"""

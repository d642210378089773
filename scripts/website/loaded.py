"""What builders have in memory besides the builder itself: imported once, by the process that they are forks of."""

import logging
import os
import signal

import jieba

os.environ |= {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
signal.signal(signal.SIGINT, signal.SIG_IGN)  # the build ends its builders
jieba.setLogLevel(logging.WARNING)
jieba.initialize()  # reads the dictionary, which takes longer than building a small site

"""What `make bench` measures: size of pages, a comparison site, stages of the build, growth, Lighthouse. Run as a package.

Each module measures one thing and returns tables; `__main__` prints them and names the exceeded budgets.
"""

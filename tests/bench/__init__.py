"""What `make bench` measures: weight of pages, the yardstick, stages of the build, growth, Lighthouse. Run as a package.

Each module measures one thing and returns tables; `__main__` prints them and says which budgets are broken.
"""

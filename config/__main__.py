"""`python -m config` is the `outreach` command, before anything is installed as a command."""

from config.command import main

if __name__ == "__main__":
    main()

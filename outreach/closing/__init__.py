"""The closing report of a campaign: who was asked what, what was delivered, who answered, who acted, how long it took.

Derived from what is recorded whenever it is asked for, so that it is there when a campaign closes without anybody
pressing a button; before that it is an interim one.
"""

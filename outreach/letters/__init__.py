"""What supporters write to addressees, as themselves: from the form to the letter that waits to be sent."""

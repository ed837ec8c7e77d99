"""What the safety rules promise, in the words of people who might write them."""

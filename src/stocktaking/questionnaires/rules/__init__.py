"""What a questionnaire means, in plain Python; the browser runs the same rules."""

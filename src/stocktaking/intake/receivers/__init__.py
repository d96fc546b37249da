"""What intake does when something happens below it: one module for each subject."""

"""What happened to jobs. Sent inside the transaction."""

from django.dispatch import Signal

job_started = Signal()  # job, at: put in the queue
job_ended = Signal()  # job, at: done, failed or cancelled

"""Forms: what comes in from learners is read here, and nowhere else."""

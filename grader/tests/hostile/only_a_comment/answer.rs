// Write your answer here.

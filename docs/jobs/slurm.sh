#!/bin/sh
# Grades a class in eight parts with Slurm. From a folder all nodes share, which holds the assignment and class.zip:
#   parts=$(sbatch --parsable slurm.sh)
#   sbatch --dependency=afterany:$parts --wrap 'weft grade merge parts/* --out grades'
# Not `afterok`: a part ends with 1 where an answer was left to you, and merging refuses what is cut off anyway.
#SBATCH --job-name=grade
#SBATCH --array=1-8
#SBATCH --cpus-per-task=4
#SBATCH --mem=4G
#SBATCH --time=02:00:00
# A node that is taken away is given back later: --resume goes on where it was cut off, and is no harm the first time.
#SBATCH --requeue
set -eu

# What is made once for a compiler lies on the node's own disk.
WEFT_CACHE_DIR=$(mktemp -d)
export WEFT_CACHE_DIR
trap 'rm -rf "$WEFT_CACHE_DIR"' EXIT

weft grade --assignment relay --submissions class.zip \
    --shard "$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT" \
    --out "parts/$SLURM_ARRAY_TASK_ID" --jobs "$SLURM_CPUS_PER_TASK" --resume

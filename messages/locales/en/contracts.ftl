# What `weft explore s1e6` says: what the order contract of an exercise is worth.

help-explore-scenario = For an exercise: which of its three scenarios (otherwise 1)
help-explore-classes = For an exercise: explore at most so many classes, which are the same on every machine

contract-played = Played with { $params }.
contract-played-plain = Played as it is.
contract-word-broken = Broken
contract-word-holds = Holds
contract-word-can-fail = Can fail
contract-word-never-fails = Cannot fail
contract-word-open = Not judged
contract-word-unfinished = No end
contract-word-lacks = Not modelled
contract-rule = { $rule }
contract-open-time = { $rule }   It speaks of real time; the model’s is virtual.
contract-open-outputs = { $rule }   There are too many outputs to check each.
contract-open-no-time = { $rule }   There was no time left to judge it.
contract-open-no-memory = { $rule }   There was no memory left to judge it.
contract-open-interrupted = { $rule }   Interrupted before it was judged.
contract-open-end = Whether the exercise always comes to its end is not known: that was not worked out.
contract-unfinished = The exercise does not always come to its end.
contract-lacks = { $what }. Nothing was proved.
contract-no-schedule = No schedule for it was found again in the time there was.

error-contract-not-played = { $id } cannot be played in the model: it uses { $lacks }.
error-contract-not-played-cause = Sockets, other programs, web requests and green threads have no model.
error-contract-not-played-next = `weft run { $id }` runs it for real.
error-contract-scenario = There is no scenario { $value }: an exercise has three.
error-contract-scenario-next = Give `--scenario 1`, 2 or 3.
error-contract-only-files = { $option } is for programs, not for exercises.
error-contract-only-exercises = { $option } is for exercises, not for programs.

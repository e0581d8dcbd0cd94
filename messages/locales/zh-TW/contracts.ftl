# What `weft explore s1e6` says: what the order contract of an exercise is worth.

help-explore-scenario = 針對練習：三個情境中的哪一個（不給則為 1）
help-explore-classes = 針對練習：最多探索這麼多類，這些類在每部機器上都相同

contract-played = 以 { $params } 演練。
contract-played-plain = 照原樣演練。
contract-word-broken = 可被打破
contract-word-holds = 成立
contract-word-can-fail = 可能不成立
contract-word-never-fails = 一定成立
contract-word-open = 未判定
contract-word-unfinished = 沒有結束
contract-word-lacks = 沒有模型
contract-rule = { $rule }
contract-open-time = { $rule }   它說的是真實時間；模型的時間是虛擬的。
contract-open-outputs = { $rule }   輸出太多，無法逐一檢查。
contract-open-no-time = { $rule }   沒有時間判定它了。
contract-open-no-memory = { $rule }   沒有記憶體判定它了。
contract-open-interrupted = { $rule }   還沒判定就被中斷了。
contract-open-end = 這個練習是否一定會走到結束，目前不知道：沒有查完。
contract-unfinished = 這個練習不一定會走到結束。
contract-lacks = { $what }。什麼也沒有證明。
contract-no-schedule = 在這段時間內沒有再找到通往它的排程。

error-contract-not-played = { $id } 無法在模型中演練：它用到 { $lacks }。
error-contract-not-played-cause = 通訊端、其他程式、網頁請求和綠色執行緒都沒有模型。
error-contract-not-played-next = `weft run { $id }` 會實際執行它。
error-contract-scenario = 沒有情境 { $value }：一個練習有三個情境。
error-contract-scenario-next = 請給 `--scenario 1`、2 或 3。
error-contract-only-files = { $option } 用於程式，不用於練習。
error-contract-only-exercises = { $option } 用於練習，不用於程式。

# 程式 `weft` 在命令列上說的話。
# 指令、選項與檔案名稱寫在 ` ` 之間，不翻譯。

language-name = 繁體中文
list-separator = { "、" }

## 說明

help-weft = 用 Rust 學執行緒與行程：一個 Jupyter 核心與一本練習簿。
help-weft-after = 從 `weft lab` 開始。`weft COMMAND --help` 詳細說明各個指令。
help-heading-usage = 用法：
help-heading-commands = 指令
help-heading-arguments = 引數
help-heading-options = 選項
help-heading-parameters = 練習的參數（範圍與預設值）
help-help = 顯示這份說明
help-version = 顯示版本
help-lang = 所有文字的語言：{ $languages }
help-json = 不印文字，改印一份 JSON 文件

help-lab = 在 JupyterLab 中打開練習簿，缺少的會先裝好
help-lab-ip = 要監聽的位址（不給則為 127.0.0.1）；用 `0.0.0.0` 則其他機器也連得到，容器需要這樣
help-lab-port = 要監聽的連接埠（不給則取 8888 起第一個可用的）
help-lab-no-browser = 不開瀏覽器，只印出網址
help-lab-dir = 放置你的筆記本副本的資料夾（不給則為 `~/weft-workbook`）
help-lab-yes = 不詢問，直接安裝專用的 Jupyter
help-lab-offline = 不使用網路：需要的東西必須已經裝好，`:dep` 只用這部機器上已有的 crate

help-list = 列出所有練習

help-run = 執行一個練習
help-run-after = 不給 `--seed` 時，每次執行都用新的亂數；種子會顯示出來，方便重現同一次執行。
help-run-id = 練習名稱，例如 `s1e1`
help-run-scenario = 三個情境中的哪一個（不給則為 1）
help-run-save = 同時把 JSON 文件寫入這個檔案
help-run-seed = 固定練習中的隨機選擇
help-run-shake = 每次呼叫程式庫時加入最多這麼多毫秒的隨機延遲：有保證的順序依然成立，碰運氣的順序會亂掉
help-run-time-scale = 把練習中的每次停頓乘上這個數（不給則用 `WEFT_TIME_SCALE`，再不然為 1）

help-doctor = 檢查 Weft 需要的一切，最後實際試跑一個核心
help-install = 讓 Jupyter 認得這個核心
help-uninstall = 從 Jupyter 移除核心，恰好移除 `weft install` 寫入的東西
help-install-user = 為目前的使用者安裝（預設）
help-install-sys-prefix = 為作用中的 Python 環境安裝
help-install-prefix = 為這個前置路徑下的安裝
help-install-name = 核心在 Jupyter 中的名稱（不給則為 weft）

help-kernel = 核心本身，由 Jupyter 啟動
help-kernel-file = Jupyter 寫好的連線檔

help-notebooks = 給作者：由原始檔產生筆記本
help-notebooks-check = 只比對，不寫入
help-notebooks-dir = 原始檔的資料夾（不給則為 `notebooks`）

help-completions = 印出某個 shell 的自動補完腳本
help-completions-shell = `bash`、`elvish`、`fish`、`powershell` 或 `zsh`
help-man = 寫出使用手冊
help-man-dir = 所有頁面要放的資料夾（不給則印出程式本身的那一頁）
man-written = 使用手冊在 { $path }；`man -l { $path }/weft.1` 顯示第一頁。

## 命令列上的錯誤

error-unknown-language = Weft 不會「{ $name }」這個語言。
error-unknown-language-cause = `--lang` 認得 { $languages }。
error-unknown-language-next = 不寫它，就會使用系統的語言。

error-unknown-command = 沒有「{ $name }」這個指令。
error-unknown-command-next = `weft --help` 會列出所有指令。
error-unknown-command-near = 沒有「{ $name }」這個指令。
error-unknown-command-near-next = 你要的是 `weft { $near }` 嗎？

error-unknown-option = 這裡沒有「{ $option }」這個選項。
error-unknown-option-next = 加上 `--help` 可以看到這個指令的選項。
error-unknown-option-near = 這裡沒有「{ $option }」這個選項。
error-unknown-option-near-next = 你要的是 `{ $near }` 嗎？

error-missing-argument = 還缺少：{ $argument }。
error-missing-argument-next = 加上 `--help` 可以看到指令的寫法。
error-missing-value = 選項 { $option } 需要一個值。
error-missing-value-next = 加上 `--help` 可以看到它接受哪些值。
error-value = 「{ $value }」不能作為 { $option } 的值。
error-value-next = 加上 `--help` 可以看到它接受哪些值。
error-value-whole = 「{ $value }」不能作為 { $option } 的值。
error-value-whole-next = 它接受 { $least } 到 { $most } 的整數。
error-value-address = 「{ $value }」不能作為 { $option } 的值。
error-value-address-next = 它接受以數字寫成的位址，例如 127.0.0.1 或 ::1；0.0.0.0 代表這部機器的所有位址。
error-value-address-with-port = 「{ $value }」不能作為 { $option } 的值。
error-value-address-with-port-next = 它接受以數字寫成的位址加上不超過 65535 的連接埠，例如 127.0.0.1:8081 或 [::1]:8081。
error-takes-no-value = { $option } 不接受值。
error-takes-no-value-next = 請去掉「={ $value }」。
error-value-not-offered = 「{ $value }」不能作為 { $option } 的值。
error-value-not-offered-next = 可以用的值：{ $valid }。
error-conflict = { $option } 與 { $other } 不能同時使用。
error-conflict-next = 請去掉其中一個。
error-given-twice = { $option } 寫了兩次。
error-given-twice-next = 請去掉其中一個。
error-command-line = 看不懂這行指令。
error-command-line-cause = { $reason }
error-command-line-next = 加上 `--help` 可以看到指令的寫法。

error-unknown-exercise = 沒有「{ $id }」這個練習。
error-unknown-exercise-cause = 練習的名稱像是 `s1e1` 或 `s2e8`。
error-unknown-exercise-next = `weft list` 會列出全部練習。

error-scenario = 練習 { $id } 沒有情境「{ $value }」。
error-scenario-cause = 它的情境編號從 1 到 { $last }。
error-scenario-next = `weft list` 說明每個情境要看的是什麼。

error-no-parameters = 練習 { $id } 沒有參數 { $option }。
error-no-parameters-cause = 這個練習沒有任何參數。
error-no-parameters-next = 請去掉 { $option }。

error-not-a-parameter = 練習 { $id } 沒有參數 { $option }。
error-not-a-parameter-cause = 它的參數是：{ $allowed }。
error-not-a-parameter-next = `weft list` 會列出每個練習的參數。
parameter-allowed = { $option }，從 { $min } 到 { $max }

error-parameter-range = 「{ $value }」不能作為練習 { $id } 的 { $option } 的值。
error-parameter-range-cause = 它接受從 { $min } 到 { $max } 的整數。
error-parameter-range-next = 不寫它，就會用 { $default }。
error-sites = 無法使用 { $option } { $path }。
error-sites-cause = { $reason }
error-sites-next = 它接受每行一個網址的文字檔，例如 https://example.org。

error-seed = 「{ $value }」不能作為種子。
error-seed-cause = 種子是大於或等於 0 的整數。
error-seed-next = 不給 `--seed` 就會取一個新的。

error-shake = 「{ $value }」不能作為 `--shake` 的值。
error-shake-cause = 它接受從 0 到 { $max } 的整數毫秒。
error-shake-next = 不妨先從 5 開始。

error-time-scale = 「{ $value }」不能作為 { $option } 的值。
error-time-scale-cause = 它接受從 0 到 { $max } 的數；0.1 會讓停頓縮短成十分之一。
error-time-scale-next = 不寫它，停頓就照原本寫的長度。

## 檔案與輸出

error-file = 無法使用 { $path }。
error-file-cause =
    { $kind ->
        [missing] 它不存在。
        [denied] 你沒有讀取或寫入的權限。
        [folder] 它是資料夾。
        [no-folder] 路徑中有一部分不是資料夾。
        [full] 磁碟已滿。
        [occupied] 那裡已經有同名的檔案。
        [read-only] 它在只能讀取的磁碟上。
       *[other] { $reason }
    }
error-file-next = 請確認這個路徑存在，而且你有讀寫的權限。
error-make-folder = 無法建立資料夾 { $path }。
error-make-folder-cause =
    { $kind ->
        [missing] 這個位置不能建立任何東西。
        [denied] 你沒有在那裡寫入的權限。
        [no-folder] 路徑中有一部分不是資料夾。
        [full] 磁碟已滿。
        [occupied] 那裡已經有同名的檔案。
        [read-only] 它在只能讀取的磁碟上。
       *[other] { $reason }
    }
error-make-folder-next = 請選擇別的位置，或檢查路徑與你在那裡的權限。
error-output = 無法寫出輸出。
error-output-cause = { $reason }
error-no-home = 找不到你的家目錄。
error-no-home-cause = 環境變數 HOME 沒有設定。
error-no-home-next = 請設定 HOME，或用選項指定一個資料夾。

## list 與 run

list-how-to-run = 執行其中一個：`weft run ID --scenario N`
list-parameter = { $option }，從 { $min } 到 { $max }（預設 { $default }）

run-scenario = 情境 { $number }：{ $title }
run-guaranteed-held = 有保證，成立：{ $rule }
run-guaranteed-broken = 有保證，卻被破壞：{ $rule }
run-likely-held = 只是很可能，這次成立：{ $rule }
run-likely-not-held = 只是很可能，這次不成立：{ $rule }
run-result = 結果：{ $result }

error-run = 練習無法執行。
error-run-cause = { $reason }
error-run-next = `weft doctor` 會檢查這部機器。
error-run-interrupted = 執行已被中斷。
error-run-timed-out = 練習 { $id } 花的時間太長，已被終止。
error-run-timed-out-cause = 一次執行最多 60 秒。
error-run-timed-out-next = 請試試較小的參數，或 `--time-scale 0.1`。
error-run-failed = 練習 { $id } 以錯誤結束。
error-run-failed-cause = { $reason }
error-run-failed-next = `weft doctor` 會檢查這部機器。
error-order-broken = 練習 { $id } 破壞了有保證的順序。
error-order-broken-cause = { $rules }
error-order-broken-next = 這是 Weft 的錯誤：請連同 `--seed { $seed }` 一起回報。

## install 與 uninstall

install-written = 已寫入：{ $path }
install-removed = 已移除：{ $path }
install-next = Jupyter 現在可以選用「Rust (Weft)」了。
error-kernel-name = 「{ $name }」不能作為核心的名稱。
error-kernel-name-cause = 名稱由英文字母 a 到 z、數字、句點、連字號與底線組成。
error-kernel-name-next = 不給 `--name` 時，名稱為 weft。
error-kernelspec-foreign = { $path } 屬於另一個核心。
error-kernelspec-foreign-cause = 不是 Weft 寫的東西，Weft 既不覆寫也不移除。
error-kernelspec-foreign-next = 請用 `--name` 另取一個名稱。
error-not-installed = { $path } 沒有安裝 Weft 的核心。
error-not-installed-next = `jupyter kernelspec list` 會顯示核心在哪裡。
error-no-python = 找不到 Python。
error-no-python-cause = PATH 上沒有 `python3`。
error-no-python-next = 請安裝 Python 3.9 或更新的版本；在 Debian 與 Ubuntu 上用 `apt install python3 python3-venv`。
error-python-broken = { $path } 無法運作。
error-python-broken-cause = { $reason }
error-python-broken-next = 請重新安裝 Python，或把另一個 `python3` 放到 PATH 的最前面。
error-kernel = 核心無法使用 { $path } 執行。
error-kernel-cause = { $reason }
error-kernel-next = 這個指令由 Jupyter 自己啟動；`weft doctor` 可以試跑它。

## lab

lab-looking = 尋找 JupyterLab
lab-found = 找到 JupyterLab { $version }（{ $path }）
lab-too-old = JupyterLab { $version }（{ $path }）太舊：需要 4 或更新的版本
lab-unusable = { $path } 無法啟動 JupyterLab：{ $reason }
lab-ask = 找不到 JupyterLab 4。要在 { $path } 安裝一個專用的嗎？需要幾分鐘與大約 300 MB 空間。
lab-making = 安裝專用的 JupyterLab
lab-kernelspec = 安裝核心
lab-preparing = 準備儲存格要用的程式庫（第一次需要一分鐘）
lab-notebooks = 複製筆記本
lab-copied = { $path }：新增 { $new } 本，更新 { $updated } 本，保留你寫的內容並更新 { $merged } 本，你改過的 { $kept } 本保持不動
lab-both-changed = { $path }：你和新版都改過的儲存格：{ $cells } 格。你的內容保持不動，新版的文字放在各格下方。
lab-left = { $path } 保持原樣，因為無法更新。要取得新版，請先將它改名，再執行一次 `weft lab`。
lab-newer-version = 上方儲存格的新版（你的內容已保留）
lab-opening = 打開 JupyterLab
lab-open = JupyterLab 已在上面的網址打開。按 Ctrl-C 結束。
lab-open-to-all = 凡是能連到 { $address } 並有權杖的人，都能在那裡以你的身分執行程式。
error-no-jupyter = 找不到 JupyterLab。
error-no-jupyter-cause = PATH 上沒有 JupyterLab 4 或更新的版本，也還沒有安裝專用的。
error-no-jupyter-next = `weft lab --yes` 會直接安裝一個；或者用 `pip install jupyterlab` 自行安裝。
error-lab-offline = 這裡還沒有安裝 JupyterLab，而安裝需要網路。
error-lab-offline-next = 請先不加 `--offline` 執行一次 `weft lab`。
error-no-venv = Python 無法建立專用的環境。
error-no-venv-cause = 它的模組 `venv` 不完整。
error-no-venv-next = 在 Debian 與 Ubuntu 上：`apt install python3-venv`。
error-jupyter-install = 無法安裝 JupyterLab。
error-jupyter-install-cause = { $reason }
error-jupyter-install-next = 請檢查網路連線後再試一次，或用 `pip install jupyterlab` 自行安裝。
error-jupyter-ended = JupyterLab 自行結束了。
error-jupyter-ended-cause = { $status }
error-jupyter-ended-next = 它最後說的話在上面；`weft doctor` 會檢查這部機器。
error-jupyter-silent = JupyterLab 在 { $seconds } 秒內沒有回應。
error-jupyter-silent-next = 請再試一次；`weft doctor` 會檢查這部機器。
error-lab-address = 這部機器無法監聽 { $ip }。
error-lab-address-cause = 那不是這部機器的位址，或不能使用。
error-lab-address-next = 請用 `--ip` 另選一個，例如用 `--ip 0.0.0.0` 監聽所有位址。
error-port-taken = 連接埠 { $port } 已被占用。
error-port-taken-cause = 有另一個程式正在監聽它。
error-port-taken-next = 請用 `--port` 另選一個，或不要指定。
error-no-port = 從 { $first } 到 { $last } 沒有可用的連接埠。
error-no-port-next = 請用 `--port` 指定一個。
error-prepare = 無法準備儲存格要用的程式庫。
error-prepare-cause = { $reason }
error-prepare-next = `weft doctor` 會檢查 Rust 工具鏈。
error-no-notebooks = 這個 Weft 建置中沒有任何筆記本。
error-no-notebooks-next = 請從完整的儲存庫重新建置。

## doctor

doctor-status-ok = 正常
doctor-status-note = 備註
doctor-status-missing = 缺少
doctor-status-failed = 失敗
doctor-platform = 平台
doctor-platform-next = Weft 在 Linux（`x86_64`、`aarch64`）上執行；其他系統請用 Docker 或 WSL2。
doctor-rustc = Rust 編譯器
doctor-rustc-next = 請從 https://rustup.rs 安裝 Rust 工具鏈，或用 `rustup update` 更新。
doctor-cargo = 套件工具 Cargo
doctor-cargo-next = 請從 https://rustup.rs 安裝 Rust 工具鏈，或用 `rustup update` 更新。
doctor-linker = 連結器
doctor-linker-next = 請安裝 C 編譯器；在 Debian 與 Ubuntu 上用 `apt install build-essential`。
doctor-linker-works = 已編譯、連結並執行了一個程式
doctor-rust-src = 標準程式庫的原始碼
doctor-rust-src-next = 執行儲存格用不到；`rustup component add rust-src` 可以改善自動補完。
doctor-rust-src-absent = 未安裝
doctor-not-on-path = PATH 上沒有 `{ $name }`
doctor-landlock-version = 版本 { $version }
doctor-available = 可用
doctor-not-available = 不可用
doctor-ports = 連接埠
doctor-ports-next = 程式必須能在 127.0.0.1 上監聽；請檢查防火牆或容器。
doctor-port-free = { $port } 可用
doctor-port-taken = { $port } 已被占用；`weft lab` 會取下一個可用的
doctor-jupyter = Jupyter 環境
doctor-jupyter-next = `weft lab` 會安裝專用的 JupyterLab；或用 `pip install jupyterlab` 自行安裝。
doctor-library = 儲存格的程式庫
doctor-library-next = 請看上面對 Rust 工具鏈的檢查；第一次需要網路。
doctor-library-announce = 正在準備儲存格要用的程式庫；第一次需要一分鐘。
doctor-kernelspec = Jupyter 認得的核心
doctor-kernelspec-next = `weft install` 會讓 Jupyter 認得這個核心。
doctor-not-installed = 尚未安裝；直接試跑這個程式
doctor-kernelspec-stale = { $path } 指向不存在的 { $program }
doctor-kernel-announce = 正在試跑真正的核心，可能需要一分鐘。
doctor-kernel-start = 核心：啟動
doctor-kernel-start-next = 核心說的話在 Jupyter 的輸出裡；再執行一次 `weft install` 可以修復損壞的安裝。
doctor-kernel-execute = 核心：執行儲存格
doctor-kernel-execute-next = 請看上面對 Rust 工具鏈的檢查。
doctor-kernel-interrupt = 核心：中斷儲存格
doctor-kernel-interrupt-next = 請連同 `weft doctor --json` 的完整輸出一起回報。
doctor-kernel-shutdown = 核心：關閉
doctor-kernel-shutdown-next = 請連同 `weft doctor --json` 的完整輸出一起回報。
doctor-all-well = 一切正常。
error-doctor-missing = 缺少 { $count } 樣 Weft 需要的東西。
error-doctor-missing-next = 標示「缺少」的那幾行說明該安裝什麼。
error-doctor-failed = 有 { $count } 項檢查失敗。
error-doctor-failed-next = 標示「失敗」的那幾行說明該怎麼做。

## notebooks（給作者）

notebook-written = 已寫入：{ $path }
notebook-removed = 已移除：{ $path }
notebooks-unpublished = 不再以 `{ $lang }` 發布：{ $count }。這些筆記本的文字或目錄中的標題尚未翻譯；`weft i18n report { $lang }` 會列出它們。
notebook-missing = 缺少 { $path }
notebook-different = { $path } 與原始檔不同
notebook-extra = { $path } 沒有原始檔
notebooks-up-to-date = 所有筆記本都與原始檔一致。
error-no-sources = { $path } 中沒有筆記本的原始檔。
error-no-sources-next = 請在儲存庫的根目錄執行，或用 `--dir` 指定資料夾。
error-notebook-source = 筆記本或程式文字的原始檔有錯。
error-notebook-source-cause = { $reason }
error-notebook-source-next = 請在該處改正，再執行一次。
error-notebooks-differ = 有 { $count } 本筆記本與原始檔不一致。
error-notebooks-differ-next = `weft notebooks` 會重新寫入。

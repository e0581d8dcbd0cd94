# `weft` programının komut satırında söyledikleri.
# Komut, seçenek ve dosya adları ` ` arasında durur ve çevrilmez.

language-name = Türkçe
list-separator = { ", " }

## Yardım

help-weft = İş parçacıklarını ve süreçleri Rust ile öğrenin: Jupyter için bir çekirdek ve bir çalışma kitabı.
help-weft-after = `weft lab` ile başlayın. `weft COMMAND --help` bir komut hakkında daha fazlasını anlatır.
help-heading-usage = Kullanım:
help-heading-commands = Komutlar
help-heading-arguments = Argümanlar
help-heading-options = Seçenekler
help-heading-parameters = Alıştırmaların parametreleri (aralık ve varsayılan değer)
help-help = Bu yardımı gösterir
help-version = Sürümü gösterir
help-lang = Bütün metinlerin dili: { $languages }
help-json = Metin yerine tek bir JSON belgesi yazar

help-lab = Çalışma kitabını JupyterLab içinde açar, eksik olanı kurar
help-lab-ip = Dinlenecek adres (verilmezse 127.0.0.1); `0.0.0.0` ile başka makineler de ulaşır, kapsayıcılara bu gerekir
help-lab-port = Dinlenecek bağlantı noktası (verilmezse 8888'den başlayarak ilk boş olan)
help-lab-no-browser = Tarayıcıyı açmaz, yalnızca adresi yazar
help-lab-dir = Defter kopyalarınızın klasörü (verilmezse `~/weft-workbook`)
help-lab-yes = Sormadan özel bir Jupyter kurar
help-lab-offline = Ağı kullanmaz: kurulması gerekenler kurulu olmalıdır, `:dep` yalnızca bu makinede bulunan kitaplıkları alır

help-list = Alıştırmaları listeler

help-run = Bir alıştırmayı çalıştırır
help-run-after = `--seed` verilmezse her çalıştırma yeni rastgele sayılar çeker; tohum gösterilir, böylece çalıştırma yinelenebilir.
help-run-id = Alıştırma, örneğin s1e1
help-run-scenario = Üç senaryosundan hangisi (verilmezse 1)
help-run-save = JSON belgesini bu dosyaya da yazar
help-run-seed = Alıştırmanın rastgele seçimlerini sabitler
help-run-shake = Her kitaplık çağrısında en çok bu kadar milisaniyelik rastgele gecikme: garanti edilen sıralar korunur, şansa bağlı olanlar bozulur
help-run-time-scale = Alıştırmadaki her duraklamayı bu sayıyla çarpar (verilmezse `WEFT_TIME_SCALE`, o da yoksa 1)

help-doctor = Weft'in gerek duyduğu her şeyi denetler, sonunda gerçek bir çekirdeği dener
help-install = Çekirdeği Jupyter'a tanıtır
help-uninstall = Çekirdeği Jupyter'dan kaldırır; tam olarak `weft install` ne yazdıysa onu
help-install-user = Bu kullanıcı için (varsayılan)
help-install-sys-prefix = Etkin Python ortamı için
help-install-prefix = Bu önekteki kurulum için
help-install-name = Çekirdeğin Jupyter'daki adı (verilmezse weft)

help-kernel = Çekirdeğin kendisi; onu Jupyter başlatır
help-kernel-file = Jupyter'ın yazdığı bağlantı dosyası

help-notebooks = Yazarlar için: defterleri kaynaklarından üretir
help-notebooks-check = Yalnızca karşılaştırır, hiçbir şey yazmaz
help-notebooks-dir = Kaynakların klasörü (verilmezse `notebooks`)

help-completions = Bir kabuğun tamamlama betiğini yazar
help-completions-shell = `bash`, `elvish`, `fish`, `powershell` ya da `zsh`
help-man = Kılavuz sayfalarını yazar
help-man-dir = Bütün sayfalar için klasör (verilmezse programın sayfası basılır)
man-written = Kılavuz sayfaları { $path } içinde; `man -l { $path }/weft.1` ilkini gösterir.

## Komut satırındaki yanlışlar

error-unknown-language = Weft “{ $name }” dilini bilmiyor.
error-unknown-language-cause = `--lang` şunları tanır: { $languages }.
error-unknown-language-next = Sisteminizin dilini kullanmak için onu yazmayın.

error-unknown-command = “{ $name }” adında bir komut yok.
error-unknown-command-next = `weft --help` komutları listeler.
error-unknown-command-near = “{ $name }” adında bir komut yok.
error-unknown-command-near-next = Şunu mu demek istediniz: `weft { $near }`?

error-unknown-option = Burada “{ $option }” diye bir seçenek yok.
error-unknown-option-next = Komutun seçeneklerini görmek için `--help` ekleyin.
error-unknown-option-near = Burada “{ $option }” diye bir seçenek yok.
error-unknown-option-near-next = Şunu mu demek istediniz: `{ $near }`?

error-missing-argument = Bir şey eksik: { $argument }.
error-missing-argument-next = Komutun nasıl yazıldığını görmek için `--help` ekleyin.
error-missing-value = { $option } seçeneği bir değer ister.
error-missing-value-next = Hangi değerleri aldığını görmek için `--help` ekleyin.
error-value = “{ $value }”, { $option } için geçerli bir değer değil.
error-value-next = Hangi değerleri aldığını görmek için `--help` ekleyin.
error-value-whole = “{ $value }”, { $option } için geçerli bir değer değil.
error-value-whole-next = { $least } ile { $most } arasında bir tam sayı alır.
error-value-address = “{ $value }”, { $option } için geçerli bir değer değil.
error-value-address-next = Sayılarla yazılmış bir adres alır, örneğin 127.0.0.1 ya da ::1; 0.0.0.0 bu makinenin bütün adresleri demektir.
error-value-address-with-port = “{ $value }”, { $option } için geçerli bir değer değil.
error-value-address-with-port-next = Sayılarla yazılmış bir adres ile en çok 65535 olan bir bağlantı noktası alır, örneğin 127.0.0.1:8081 ya da [::1]:8081.
error-takes-no-value = { $option } değer almaz.
error-takes-no-value-next = “={ $value }” kısmını silin.
error-value-not-offered = “{ $value }”, { $option } için geçerli bir değer değil.
error-value-not-offered-next = Şunlardan biri olabilir: { $valid }.
error-conflict = { $option } ile { $other } birlikte verilemez.
error-conflict-next = Birini çıkarın.
error-given-twice = { $option } iki kez verilmiş.
error-given-twice-next = Birini çıkarın.
error-command-line = Komut satırı anlaşılamadı.
error-command-line-cause = { $reason }
error-command-line-next = Komutun nasıl yazıldığını görmek için `--help` ekleyin.

error-unknown-exercise = “{ $id }” adında bir alıştırma yok.
error-unknown-exercise-cause = Alıştırmaların adları `s1e1` ya da `s2e8` gibidir.
error-unknown-exercise-next = `weft list` hepsini gösterir.

error-scenario = { $id } alıştırmasının “{ $value }” diye bir senaryosu yok.
error-scenario-cause = Senaryoları 1'den { $last } sayısına kadar numaralıdır.
error-scenario-next = `weft list` her birinin ne gösterdiğini söyler.

error-no-parameters = { $id } alıştırmasının { $option } parametresi yok.
error-no-parameters-cause = Hiç parametre almaz.
error-no-parameters-next = { $option } seçeneğini çıkarın.

error-not-a-parameter = { $id } alıştırmasının { $option } parametresi yok.
error-not-a-parameter-cause = Aldığı parametreler: { $allowed }.
error-not-a-parameter-next = `weft list` her alıştırmanın parametrelerini gösterir.
parameter-allowed = { $option }, { $min } ile { $max } arası

error-parameter-range = “{ $value }”, { $id } alıştırmasının { $option } parametresi için geçerli bir değer değil.
error-parameter-range-cause = { $min } ile { $max } arasında bir tam sayı alır.
error-parameter-range-next = Yazmazsanız { $default } kullanılır.
error-sites = { $option } { $path } kullanılamıyor.
error-sites-cause = { $reason }
error-sites-next = Her satırında bir adres olan bir metin dosyası alır, örneğin https://example.org.

error-seed = “{ $value }” bir tohum değil.
error-seed-cause = Tohum 0 ya da daha büyük bir tam sayıdır.
error-seed-next = Yeni bir tohum için `--seed` yazmayın.

error-shake = “{ $value }”, `--shake` için geçerli bir değer değil.
error-shake-cause = 0 ile { $max } arasında tam milisaniye alır.
error-shake-next = Başlangıç için 5 iyidir.

error-time-scale = “{ $value }”, { $option } için geçerli bir değer değil.
error-time-scale-cause = 0 ile { $max } arasında bir sayı alır; 0.1 duraklamaları on kat kısaltır.
error-time-scale-next = Yazmazsanız duraklamalar yazıldıkları gibi kalır.

## Dosyalar ve akışlar

error-file = { $path } kullanılamıyor.
error-file-cause =
    { $kind ->
        [missing] Orada yok.
        [denied] Onu okuma ya da yazma izniniz yok.
        [folder] Bu bir klasör.
        [no-folder] Yolun bir parçası klasör değil.
        [full] Disk dolu.
        [occupied] O adda bir dosya yolu kapatıyor.
        [read-only] Yalnızca okunabilen bir diskte.
       *[other] { $reason }
    }
error-file-next = Yolun var olduğunu ve orada okuma ve yazma izniniz olduğunu denetleyin.
error-make-folder = { $path } klasörü oluşturulamıyor.
error-make-folder-cause =
    { $kind ->
        [missing] Bu yerde hiçbir şey oluşturulamaz.
        [denied] Orada yazma izniniz yok.
        [no-folder] Yolun bir parçası klasör değil.
        [full] Disk dolu.
        [occupied] O adda bir dosya yolu kapatıyor.
        [read-only] Yalnızca okunabilen bir diskte.
       *[other] { $reason }
    }
error-make-folder-next = Başka bir yer seçin ya da yolu ve oradaki izinlerinizi denetleyin.
error-output = Çıktı yazılamadı.
error-output-cause = { $reason }
error-no-home = Ev klasörünüz bilinmiyor.
error-no-home-cause = HOME değişkeni ayarlı değil.
error-no-home-next = HOME değişkenini ayarlayın ya da bir seçenekle klasör belirtin.

## list ve run

list-how-to-run = Birini çalıştırmak için: `weft run ID --scenario N`
list-parameter = { $option }, { $min } ile { $max } arası (varsayılan { $default })

run-scenario = Senaryo { $number }: { $title }
run-guaranteed-held = garanti, sağlandı: { $rule }
run-guaranteed-broken = garanti, BOZULDU: { $rule }
run-likely-held = yalnızca olası, bu kez sağlandı: { $rule }
run-likely-not-held = yalnızca olası, bu kez sağlanmadı: { $rule }
run-result = sonuç: { $result }

error-run = Alıştırma çalıştırılamadı.
error-run-cause = { $reason }
error-run-next = `weft doctor` bu makineyi denetler.
error-run-interrupted = Çalıştırma kesildi.
error-run-timed-out = { $id } alıştırması çok uzun sürdüğü için sonlandırıldı.
error-run-timed-out-cause = Bir çalıştırma en çok 60 saniye sürebilir.
error-run-timed-out-next = Daha küçük bir parametre ya da `--time-scale 0.1` deneyin.
error-run-failed = { $id } alıştırması bir hatayla bitti.
error-run-failed-cause = { $reason }
error-run-failed-next = `weft doctor` bu makineyi denetler.
error-order-broken = { $id } alıştırması garanti edilen bir sırayı bozdu.
error-order-broken-cause = { $rules }
error-order-broken-next = Bu, Weft'in bir hatasıdır: lütfen `--seed { $seed }` ile birlikte bildirin.

## install ve uninstall

install-written = yazıldı: { $path }
install-removed = kaldırıldı: { $path }
install-next = Jupyter artık “Rust (Weft)” çekirdeğini sunuyor.
error-kernel-name = “{ $name }” bir çekirdek adı olamaz.
error-kernel-name-cause = Adlar a'dan z'ye harfler, rakamlar, nokta, kısa çizgi ve alt çizgiden oluşur.
error-kernel-name-next = `--name` yazmazsanız ad weft olur.
error-kernelspec-foreign = { $path } başka bir çekirdeğe ait.
error-kernelspec-foreign-cause = Weft kendi yazmadığı bir şeyin ne üzerine yazar ne de onu kaldırır.
error-kernelspec-foreign-next = `--name` ile başka bir ad seçin.
error-not-installed = { $path } içinde kurulu bir Weft çekirdeği yok.
error-not-installed-next = `jupyter kernelspec list` çekirdeklerin nerede olduğunu gösterir.
error-no-python = Python bulunamadı.
error-no-python-cause = PATH üzerinde `python3` yok.
error-no-python-next = Python 3.9 ya da daha yenisini kurun; Debian ve Ubuntu'da `apt install python3 python3-venv` ile.
error-python-broken = { $path } çalışmıyor.
error-python-broken-cause = { $reason }
error-python-broken-next = Python'u yeniden kurun ya da PATH'in başına başka bir `python3` koyun.
error-kernel = Çekirdek { $path } ile çalışamadı.
error-kernel-cause = { $reason }
error-kernel-next = Bu komutu Jupyter kendisi başlatır; `weft doctor` onu dener.

## lab

lab-looking = JupyterLab aranıyor
lab-found = JupyterLab { $version } bulundu ({ $path })
lab-too-old = JupyterLab { $version } ({ $path }) çok eski: 4 ya da daha yenisi gerekir
lab-unusable = { $path } JupyterLab'i başlatamıyor: { $reason }
lab-ask = JupyterLab 4 bulunamadı. { $path } içine özel bir tane kurulsun mu? Birkaç dakika sürer ve yaklaşık 300 MB yer tutar.
lab-making = Özel bir JupyterLab kuruluyor
lab-kernelspec = Çekirdek kuruluyor
lab-preparing = Hücrelerinizin kitaplığı hazırlanıyor (ilk seferde bir dakika sürer)
lab-notebooks = Defterler kopyalanıyor
lab-copied = { $path }: { $new } yeni, { $updated } güncellendi, { $merged } defter yazdıklarınız korunarak güncellendi, sizin { $kept } defterinize dokunulmadı
lab-both-changed = { $path }: hem sizin hem yeni sürümün değiştirdiği hücre sayısı: { $cells }. Sizinkiler yerinde duruyor; yeni metin her birinin altında.
lab-left = { $path } olduğu gibi kaldı, çünkü güncellenemiyor. Yeni sürüm için adını değiştirip `weft lab` komutunu yeniden çalıştırın.
lab-newer-version = Yukarıdaki hücrenin yeni sürümü (sizinki korundu)
lab-opening = JupyterLab açılıyor
lab-open = JupyterLab yukarıdaki adreste açık. Ctrl-C ile biter.
lab-open-to-all = { $address } adresine ulaşabilen ve belirteci bilen herkes orada sizin adınıza program çalıştırabilir.
error-no-jupyter = JupyterLab bulunamadı.
error-no-jupyter-cause = PATH üzerinde JupyterLab 4 ya da daha yenisi yok ve özel bir tane de kurulmadı.
error-no-jupyter-next = `weft lab --yes` sormadan bir tane kurar; ya da `pip install jupyterlab` ile kurun.
error-lab-offline = JupyterLab burada daha kurulmamış, bunun için ağ gerekir.
error-lab-offline-next = Bir kez `weft lab` komutunu `--offline` olmadan çalıştırın.
error-no-venv = Python özel bir ortam oluşturamıyor.
error-no-venv-cause = `venv` modülü eksik.
error-no-venv-next = Debian ve Ubuntu'da: `apt install python3-venv`.
error-jupyter-install = JupyterLab kurulamadı.
error-jupyter-install-cause = { $reason }
error-jupyter-install-next = Ağ bağlantısını denetleyip yeniden deneyin ya da JupyterLab'i `pip install jupyterlab` ile kurun.
error-jupyter-ended = JupyterLab kendiliğinden sona erdi.
error-jupyter-ended-cause = { $status }
error-jupyter-ended-next = Son söyledikleri yukarıda; `weft doctor` bu makineyi denetler.
error-jupyter-silent = JupyterLab { $seconds } saniye içinde yanıt vermedi.
error-jupyter-silent-next = Yeniden deneyin; `weft doctor` bu makineyi denetler.
error-lab-address = Bu makine { $ip } adresini dinleyemez.
error-lab-address-cause = Bu makinenin bir adresi değildir ya da kullanılamaz.
error-lab-address-next = `--ip` ile başka bir adres seçin, örneğin hepsi için `--ip 0.0.0.0`.
error-port-taken = { $port } numaralı bağlantı noktası kullanımda.
error-port-taken-cause = Orayı başka bir program dinliyor.
error-port-taken-next = `--port` ile başka birini seçin ya da yazmayın.
error-no-port = { $first } ile { $last } arasında boş bağlantı noktası yok.
error-no-port-next = `--port` ile birini seçin.
error-prepare = Hücrelerinizin kitaplığı hazırlanamadı.
error-prepare-cause = { $reason }
error-prepare-next = `weft doctor` Rust araçlarını denetler.
error-no-notebooks = Weft'in bu derlemesinde hiç defter yok.
error-no-notebooks-next = Onu deponun tamamından yeniden derleyin.

## doctor

doctor-status-ok = tamam
doctor-status-note = bilgi
doctor-status-missing = eksik
doctor-status-failed = başarısız
doctor-platform = Platform türü
doctor-platform-next = Weft Linux'ta (x86_64, aarch64) çalışır; başka yerde Docker ya da WSL2 kullanın.
doctor-rustc = Rust derleyicisi
doctor-rustc-next = Rust araçlarını https://rustup.rs adresinden kurun ya da `rustup update` ile güncelleyin.
doctor-cargo = Cargo
doctor-cargo-next = Rust araçlarını https://rustup.rs adresinden kurun ya da `rustup update` ile güncelleyin.
doctor-linker = Bağlayıcı
doctor-linker-next = Bir C derleyicisi kurun; Debian ve Ubuntu'da `apt install build-essential` ile.
doctor-linker-works = bir program derlendi, bağlandı ve çalıştırıldı
doctor-rust-src = Standart kitaplığın kaynağı
doctor-rust-src-next = Hücreleri çalıştırmak için gerekmez; `rustup component add rust-src` daha iyi tamamlama sağlar.
doctor-rust-src-absent = kurulu değil
doctor-not-on-path = PATH üzerinde `{ $name }` yok
doctor-landlock-version = sürüm { $version }
doctor-available = kullanılabilir
doctor-not-available = kullanılamıyor
doctor-ports = Bağlantı noktaları
doctor-ports-next = Programlar 127.0.0.1 üzerinde dinleyebilmelidir; güvenlik duvarına ya da kapsayıcıya bakın.
doctor-port-free = { $port } boş
doctor-port-taken = { $port } kullanımda; `weft lab` sonraki ilk boş olanı alır
doctor-jupyter = Jupyter
doctor-jupyter-next = `weft lab` özel bir JupyterLab kurar; ya da `pip install jupyterlab` ile kurun.
doctor-library = Hücrelerin kitaplığı
doctor-library-next = Yukarıdaki Rust araçları denetimlerine bakın; ilk seferde ağ gerekir.
doctor-library-announce = Hücrelerin kitaplığı hazırlanıyor; ilk seferde bir dakika sürer.
doctor-kernelspec = Jupyter'ın tanıdığı çekirdek
doctor-kernelspec-next = `weft install` çekirdeği Jupyter'a tanıtır.
doctor-not-installed = henüz kurulu değil; doğrudan bu program deneniyor
doctor-kernelspec-stale = { $path }, olmayan { $program } programını gösteriyor
doctor-kernel-announce = Gerçek bir çekirdek deneniyor; bir dakika sürebilir.
doctor-kernel-start = Çekirdek: başlatma
doctor-kernel-start-next = Çekirdeğin söyledikleri Jupyter'ın çıktısındadır; yeniden `weft install` bozulmuş bir kurulumu onarır.
doctor-kernel-execute = Çekirdek: bir hücreyi çalıştırma
doctor-kernel-execute-next = Yukarıdaki Rust araçları denetimlerine bakın.
doctor-kernel-interrupt = Çekirdek: bir hücreyi kesme
doctor-kernel-interrupt-next = Lütfen bunu `weft doctor --json` çıktısının tamamıyla bildirin.
doctor-kernel-shutdown = Çekirdek: kapatma
doctor-kernel-shutdown-next = Lütfen bunu `weft doctor --json` çıktısının tamamıyla bildirin.
doctor-all-well = Her şey çalışıyor.
error-doctor-missing =
    { $count ->
        [one] Weft'in gerek duyduğu bir şey eksik.
       *[other] Weft'in gerek duyduğu { $count } şey eksik.
    }
error-doctor-missing-next = “eksik” yazan satırlar neyin kurulacağını söyler.
error-doctor-failed =
    { $count ->
        [one] Bir denetim başarısız oldu.
       *[other] { $count } denetim başarısız oldu.
    }
error-doctor-failed-next = “başarısız” yazan satırlar ne yapılacağını söyler.

## notebooks (yazarlar için)

notebook-written = yazıldı: { $path }
notebook-removed = kaldırıldı: { $path }
notebooks-unpublished = Artık `{ $lang }` dilinde yayımlanmayan: { $count }. Bu defterlerin metinleri ya da içindekiler sayfasındaki başlıklar çevrilmemiş; `weft i18n report { $lang }` hangileri olduğunu söyler.
notebook-missing = { $path } yok
notebook-different = { $path } kaynağından farklı
notebook-extra = { $path } dosyasının kaynağı yok
notebooks-up-to-date = Bütün defterler kaynaklarının söylediği gibi.
error-no-sources = { $path } içinde defter kaynağı yok.
error-no-sources-next = Komutu deponun kökünde çağırın ya da klasörü `--dir` ile belirtin.
error-notebook-source = Defterlerin ya da metinlerin bir kaynağında yanlış var.
error-notebook-source-cause = { $reason }
error-notebook-source-next = Orada düzeltin, sonra komutu yeniden çağırın.
error-notebooks-differ =
    { $count ->
        [one] Bir defter kaynağının söylediği gibi değil.
       *[other] { $count } defter kaynaklarının söylediği gibi değil.
    }
error-notebooks-differ-next = `weft notebooks` onları yeniden yazar.

# Öğretmenlerin ve öğrencilerin terminalde okudukları: ödevler, notlandırma, teslim etme ve yanıtların ne kadar iyi kapalı tutulduğu.

## Yardım

help-assignment = Öğretmenler için: ödev hazırlar, denetimlerinin doğru olduğunu kanıtlar, öğrencilere verir
help-assignment-dir = Ödevin klasörü
help-assignment-new = Üzerine yazmanız için çalışan küçük bir ödev oluşturur
help-assignment-new-dir = Oluşturulacağı klasör; boş olmalı ya da henüz bulunmamalı
help-assignment-name = Ödevin adı (verilmezse klasörün adı)
help-assignment-chapter = Çalışma kitabının bu bölümündeki notlu görevle başlar (1–28)
help-assignment-check = Doğru yanıtların her zaman geçtiğini, yanlışların hiç geçmediğini kanıtlar
help-assignment-repeats = Örnek çözüm kaç kez tam puan almalı (verilmezse 20)
help-assignment-release = Öğrencilerin alacağı defteri yazar: çözümsüz ve gizli sınamasız
help-assignment-collect = Teslim edilenleri nbgrader'ın klasörlerine yerleştirir
help-assignment-from = Teslim edilenlerin klasörü ya da zip dosyası
help-assignment-replace = Daha önce toplanan defterlerin üzerine yazar

help-grade = Öğretmenler için: bir sınıfın defterlerini notlandırır
help-grade-after = DIR içinde `STUDENT/notebook.ipynb` dosyaları, öğrenci başına bir zip dosyası ya da nbgrader'ın `submitted` klasörü bulunur; Moodle ya da Canvas'tan gelen zip dosyası olduğu gibi verilebilir. `weft grade forget STUDENT` bir öğrencinin verilerini siler.
help-grade-assignment = Ödevin klasörü
help-grade-submissions = Öğrencilerin teslim ettiklerinin klasörü ya da zip dosyası
help-grade-out = Notların ve raporların klasörü
help-grade-jobs = Aynı anda kaç teslim (verilmezse her işlemci çekirdeği için bir tane)
help-grade-resume = Notlandırma nerede kesildiyse oradan sürdürür
help-grade-only = Yalnızca bu öğrenci
help-grade-shard = Sınıfın yalnızca bu parçası, örneğin 2/8; her makinede aynı öğrenciler bu parçadadır
help-grade-hand = Elle verilen puanlar, CSV olarak (verilmezse OUT içindeki `hand.csv`, varsa)
help-grade-queue = Değerlendirmeyi, yanıtları bir Redis ya da PostgreSQL sunucusundaki bu kuyruktan alan işçilere bırakır, örneğin `redis://:PASSWORD@HOST:6379/`
help-trust = Korumalı alanın bir katmanı eksik olsa da yanıtları çalıştırır; bu her rapora yazılır

help-merge = `--shard` ile notlandırılmış sınıf parçalarını birleştirir
help-merge-parts = Parçaların notlarının bulunduğu klasörler
help-merge-assignment = Ödevin klasörü (verilmezse ilk parçanın notlandırıldığı ödev)
help-worker = Başkalarının `weft grade --queue` ile kuyruğa koyduklarını bu makinede değerlendirir
help-forget = Bir öğrencinin verilerini notlardan, raporlardan ve kayıt defterinden siler
help-forget-student = Kimin verileri: klasörün ya da dosyanın adı veya ders sisteminin verdiği numara
help-forget-out = Notların klasörü (verilmezse bu klasör)
help-forget-assignment = Ödevin klasörü, o zamandan beri taşındıysa
help-forget-submissions = Öğrencinin orada teslim ettiklerini de siler

help-submit = Öğrenciler için: bir defteri notlandırılabilecek biçimde paketler
help-submit-notebook = Defteriniz
help-submit-out = Zip dosyasının yeri (verilmezse defterin yanı)
help-submit-assignment = Hangi ödev olması gerektiği
help-submit-incomplete = Yanıtlar eksik olsa da paketler
help-submit-no-compile = Yanıtları önce derlemez

## Ödev hazırlamak

assignment-made = { $path } yeni bir ödev. Bir görevi şimdiden çalışıyor; kendinizinkini onun üzerine yazın:
assignment-made-notebook = { $path }: çözümleri ve sınamalarıyla sizin defteriniz
assignment-made-manifest = { $path }: her görevin puanı, denetimleri ve sınırları
assignment-made-wrong = { $path }: reddedilmesi gereken yanıtlar
assignment-made-right = { $path }: kabul edilmesi gereken başka yanıtlar
assignment-made-next = Sıradaki adım: `weft assignment check { $path }`

assignment-times = { $times } denemede { $times } kez
assignment-found = { $times }. denemede bulunan: { $verdict }
assignment-next-reference = Örnek çözüme daha çok süre veya bellek verin ya da denetim onun yaptığını kabul etsin.
assignment-next-stub = Öğrenciler hiçbir şey yazmadan puan alırdı: `{ $task }` denetimi daha fazlasını istesin.
assignment-next-wrong = `{ $task }` denetimlerine bu yanıtın geçemeyeceği bir soru ya da kural ekleyin. Yanıt `CompileError` gibi başka bir biçimde mi kalıyor? O zaman ilk satırı `// verdict: CompileError` olsun.
assignment-next-right = `{ $task }` denetimleri bu yanıtı kabul etsin; yanıt yanlışsa onu buradan kaldırın.
assignment-next-wrong-exists = `wrong/{ $task }/` içine, adı `.rs` ile biten bir dosyaya en az bir yanlış yanıt yazın.
assignment-next-all-read = Bu okunmadı. Çözümler `wrong/TASK/` ya da `right/TASK/` içinde, adı `.rs` ile biten dosyalarda durur; otomatik denetlenen görevler: { $tasks }. Adını düzeltin ya da buradan kaldırın.
assignment-by-hand = { $count ->
    [one] Bir görev elle notlandırılıyor: onun için kanıtlanacak bir şey yok.
   *[other] { $count } görev elle notlandırılıyor: onlar için kanıtlanacak bir şey yok.
}
assignment-proved = { $count ->
    [one] Tek kanıt geçerli.
   *[other] { $count } kanıtın hepsi geçerli.
}
assignment-released = { $path } öğrencileriniz için: çözümsüz ve gizli sınamasız.

collected-new = toplandı
collected-same = zaten orada, aynısı
collected-kept = orada başka bir defter var ve korundu; `--replace` üzerine yazar
collected-replaced = toplandı; oradaki defterin yerini aldı
collected = { $count ->
    [one] { $path } içinde bir defter var.
   *[other] { $path } içinde { $count } defter var.
}

error-unknown-step = “{ $name }” diye bir komut yok.
error-unknown-step-next = `weft { $parent } --help` neler olduğunu gösterir.
error-assignment-no-folder = { $path } klasörü yok.
error-assignment-no-folder-next = Yolu denetleyin; `weft assignment new { $path }` orada yeni bir ödev oluşturur.
error-assignment-no-manifest = { $path } bir ödev değil: içinde `assignment.toml` yok.
error-assignment-no-manifest-next = `weft assignment new` ile oluşturulan klasörü verin.
error-assignment-is-file = { $path } bir dosya; oysa ödev bir klasördür.
error-assignment-is-file-next = `assignment.toml` dosyasının bulunduğu klasörü verin.
error-assignment-manifest = { $line ->
    [0] { $path } anlaşılmıyor.
   *[other] { $path } dosyasının { $line }. satırı anlaşılmıyor.
}
error-assignment-manifest-cause = { $kind ->
    [syntax] `{ $found }` TOML olarak okunamıyor: metinler tırnak içinde, listeler köşeli ayraç içinde, her anahtar kendi satırında durur.
    [key-twice] `{ $key }` iki kez yazılmış.
    [unknown] Burada `{ $key }` diye bir şey yok. Bilinenler: { $known }.
    [missing] `{ $key }` eksik.
    [text] `{ $key }` değeri `{ $found }`; tırnak içinde bir metin olmalı.
    [truth] `{ $key }` değeri `{ $found }`; `true` ya da `false` olmalı.
    [number] `{ $key }` değeri `{ $found }`; bir sayı olmalı.
    [whole] `{ $key }` değeri `{ $found }`; bir tam sayı olmalı.
    [much] `{ $key }` değeri `{ $found }`; bir tam sayı ya da sorunun taşıdığı bir sayı olmalı, örneğin `"arg0"`.
    [texts] `{ $key }` değeri `{ $found }`; metinlerden oluşan bir liste olmalı, örneğin `["a", "b"]`.
    [list] `{ $key }` değeri `{ $found }`; köşeli ayraç içinde bir liste olmalı.
    [table] `{ $key }` değeri `{ $found }`; bir tablo olmalı: anahtarlar süslü ayraç içinde ya da köşeli ayraçlı bir başlığın altında.
    [tables] `{ $key }` değeri `{ $found }`; tablolardan oluşan bir liste olmalı.
    [title] `{ $key }` değeri `{ $found }`; bir metin ya da her dil için bir metin olmalı.
    [range] `{ $key }` değeri `{ $found }`; { $least } ile { $most } arasında olabilir.
    [positive] `{ $key }` değeri `{ $found }`; 0'dan büyük bir sayı olmalı.
    [not-negative] `{ $key }` değeri `{ $found }`; 0 ya da daha büyük bir sayı olmalı.
    [choice] `{ $key }` değeri `{ $found }`; şunlardan biri olabilir: { $known }.
    [name] “{ $found }” bir ödevin adı olamaz. Ad a'dan z'ye harflerden, rakamlardan, `_` ve `-` işaretlerinden oluşur; en çok 100 tane.
    [tasks] Bir ödevde 1 ile { $max } arasında görev olur; her biri bir `[[task]]` altında.
    [task-twice] Yukarıda başka bir “{ $task }” görevi var.
    [no-cell] “{ $task }” görevinin sözünü ettiği “{ $cell }” hücresi defterde yok. Bir hücrenin adı, üst verisindeki `grade_id` değeridir.
    [no-answer] Defterdeki “{ $task }” hücresi yanıt olarak işaretlenmemiş.
    [points] “{ $task }” görevinin puanı burada { $here }, defterde { $there }; ikisi aynı olmalı.
    [cell] Defterdeki “{ $cell }” yanıt hücresi hiçbir `[[task]]` içinde yok.
    [no-checks] “{ $task }” görevinin değerlendiricisi var ama hiçbir sınaması yok.
    [no-cases] “{ $task }” görevinin { $check }. sınamasında `cases` yok: hiçbir şey sormaz.
    [order-unsafe] “{ $task }” görevinin { $check }. sınamasında `order` var; ama `unsafe` ile bir yanıt kaydedileni uydurabilir.
    [no-probe] “{ $task }” görevinin { $check }. sınaması ne `probe` ile soruyor ne de `explore` ile inceliyor.
    [explores-and-asks] “{ $task }” görevinin { $check }. sınaması inceleme yapıyor; bu yüzden `probe`, `cases`, `repeats`, `shake_us`, `order` ya da `max_threads` içeremez.
    [explores-unsafe] “{ $task }” görevinin { $check }. sınaması inceleme yapıyor; ama `unsafe` ile bir yanıt bulunanı uydurabilir.
    [no-main] “{ $task }” görevinin { $check }. sınamasındaki `main` programında `fn main` yok.
    [nothing-counts] “{ $task }” görevinin { $check }. sınaması inceleme yapıyor, ama ne `failures` ne `same_outputs` sayılıyor: her yanıt geçerdi.
   *[other] { $reason }
}
error-assignment-manifest-next = Düzeltip yeniden deneyin; `docs/grading.md` orada nelerin durabileceğini listeler.
error-assignment-solutions = { $path } içinde { $max } çözümden fazlası var.
error-assignment-solutions-next = Her türden birkaçını tutun, ötekileri başka yere taşıyın.
error-assignment-no-notebook = Ödevin defteri eksik: { $path }.
error-assignment-no-notebook-next = Onu oraya koyun; klasörün ve dosyanın adı `assignment.toml` içindeki `name` değeridir.
error-assignment-notebook = { $path } defteri kullanılamıyor.
error-assignment-notebook-cause = { $reason }
error-assignment-notebook-next = JupyterLab'de açın, o hücreyi düzeltin ve kaydedin.
error-assignment-not-empty = { $path } boş değil.
error-assignment-not-empty-next = Henüz bulunmayan bir klasör verin: hiçbir şeyin üzerine yazılmaz.
error-assignment-no-task = { $chapter }. bölümün başlanacak notlu bir görevi yok.
error-assignment-no-task-next = Görevi olan bölümler: { $chapters }.
error-assignment-chapter = Çalışma kitabının bu bölümünden ödev yapılamıyor: { $reason }.
error-assignment-chapter-next = Bu, Weft'in hatasıdır; lütfen bildirin. `--chapter` olmadan `weft assignment new DIR` küçük bir örnek oluşturur.
error-assignment-name = “{ $name }” bir ödevin adı olamaz.
error-assignment-name-cause = Ad, a'dan z'ye harflerden, rakamlardan, `_` ve `-` işaretlerinden oluşur; en çok 100 tane.
error-assignment-name-next = `--name` ile bir ad verin.
error-assignment-repeats = “{ $value }” bir yineleme sayısı değil.
error-assignment-repeats-cause = 1 ile { $max } arasında bir tam sayı kabul edilir.
error-assignment-repeats-next = 20 kullanılması için onu yazmayın.
error-assignment-proofs = { $count ->
    [one] Bir kanıt geçerli değil.
   *[other] { $count } kanıt geçerli değil.
}
error-assignment-proofs-cause = Bu ödev bu hâliyle birine haksızlık ederdi.
error-assignment-proofs-next = “başarısız” diye işaretli satırlar neyi değiştireceğinizi söyler.
error-collect = { $count ->
    [one] Bir teslim okunamadı.
   *[other] { $count } teslim okunamadı.
}
error-collect-next = Satırları nedenini söylüyor; ötekiler toplandı.

## Notlandırma

grade-preparing = Korumalı alan ve derleyici hazırlanıyor ...
grade-trusted = Uyarı: bu öğrencilere güvendiğinizi söylediniz. Korumalı alanda eksik olan, bütün yanıtları için eksiktir ve bu her rapora yazılır.
grade-queue-waiting = { $address } kuyruğundan henüz hiçbir işçi iş almıyor. Herhangi bir makinede `weft grade worker --queue` ile birkaç işçi başlatın; bekleniyor ...
grade-queue-workers = İşçiler aynı anda { $jobs } teslimi { $toolchain } ile değerlendiriyor.
worker-ready = { $address } kuyruğundan iş alıyor, aynı anda { $jobs } tane. Ctrl-C, değerlendirilmekte olan bitince sonlandırır.
worker-lost = Kuyruk bağlantısı koptu ({ $reason }); yeniden deneniyor ...
worker-done = { $count ->
    [one] Bir teslim değerlendirildi.
   *[other] { $count } teslim değerlendirildi.
}
grading-progress-minutes = { $done } / { $total }: { $id }, yaklaşık { $minutes } dk kaldı
grading-why-not-judged = Bu yanıt değerlendirilemedi ve bu onun suçu değil.

graded = { $count ->
    [one] Bir teslim notlandırıldı
   *[other] { $count } teslim notlandırıldı
}; şimdi değerlendirilen yanıt: { $judged }, önceden bilinen: { $reused }.
merged = { $count ->
    [one] Notlarda bir teslim var.
   *[other] Notlarda { $count } teslim var.
}
graded-overview = { $path }: bir bakışta sınıf
graded-students = { $path }: her öğrenci için bir sayfa
graded-grades = { $path }: ders sisteminiz için puanlar
graded-moodle = { $path }: Moodle için çalışma sayfası
graded-points = { $path }: her görevin puanları
graded-json = { $path }: programlar için her şey
graded-by-hand = { $count ->
    [one] Bir yanıt sizden puan bekliyor.
   *[other] { $count } yanıt sizden puan bekliyor.
} { $open } dosyasını doldurun, { $hand } adıyla kaydedin ve aynı komutu yeniden verin.
graded-hand-unknown = { $count ->
    [one] Uyarı: { $path } teslimi olmayan birine puan veriyor: { $students }. Bu puan hiçbir yerde sayılmaz.
   *[other] Uyarı: { $path } teslimi olmayan { $count } öğrenciye puan veriyor: { $students }. Bu puanlar hiçbir yerde sayılmaz.
} Adları `grades.json` içindeki gibi yazın.
graded-passed-over = { $count ->
    [one] Uyarı: teslimler arasında kimseye ait olmayan bir dosya değerlendirilmedi: { $files }.
   *[other] Uyarı: teslimler arasında kimseye ait olmayan { $count } dosya değerlendirilmedi: { $files }.
} Bir defter ya da içinde bir defter olan zip dosyası öğrencisinin klasöründe durur veya onun adını taşır.

error-submissions-absent = { $path } yok.
error-submissions-absent-next = Öğrencilerin teslim ettiklerinin klasörünü ya da zip dosyasını verin.
error-submissions-unreadable = { $path } okunamıyor.
error-submissions-unreadable-cause = { error-file-cause }
error-submissions-unreadable-next = Okuma izniniz olan bir klasör ya da zip dosyası olmalı.
error-submissions-no-archive = { $path } bir zip dosyası değil ya da bozuk.
error-submissions-no-archive-next = Öğrencilerin teslim ettiklerinin klasörünü ya da zip dosyasını verin; bu oysa yeniden indirin.
error-submissions-none = { $path } içinde teslim yok.
error-submissions-none-cause = { $count ->
    [0] Aranan şeyler: `STUDENT/notebook.ipynb`, içinde tek bir defter olan zip dosyaları, Moodle ya da Canvas paketleri ve nbgrader'ın `submitted` klasörü.
   *[other] Aranan şeyler: `STUDENT/notebook.ipynb`, içinde tek bir defter olan zip dosyaları, Moodle ya da Canvas paketleri ve nbgrader'ın `submitted` klasörü. Yalnızca { $files } var.
}
error-submissions-none-next = Doğru klasör mü? Belki öğrencilerin klasörleri onun üstünde ya da altındadır veya defterleri başka bir ödevindir.
error-submissions-too-many = { $path } içinde { $max } taneden çok teslim var.
error-submissions-too-many-next = Parça parça notlandırın.
error-grade-out = { $path } kullanılamıyor.
error-grade-out-cause = { error-file-cause }
error-grade-out-next = Yazma izniniz olan, diskinde yer bulunan bir klasör verin; notlandırma orada `--resume` ile sürer.
error-grade-overlap = Sonuçlar { $path } içine yazılamaz: orası { $other } ile aynı ya da biri ötekinin içinde.
error-grade-overlap-next = `--out` ile ayrı bir klasör verin; yoksa sonuçlardaki sayfalar ve defterler bir dahaki sefere teslim sanılır.
error-ledger-busy = Başka bir notlandırma { $path } dosyasına yazıyor.
error-ledger-busy-next = Bitmesini bekleyin ya da `--out` ile başka bir klasör verin.
error-ledger-version = { $path } başka bir Weft sürümünce yazılmış.
error-ledger-version-next = `--out` ile başka bir klasör verin; orada her şey yeniden notlandırılır.
error-ledger-other = { $path } “{ $found }” ödevinin sonuçlarını tutuyor, “{ $wanted }” ödevininkileri değil.
error-ledger-other-next = `--out` ile her ödeve kendi klasörünü verin.
error-ledger-damaged = { $path } bozuk.
error-ledger-damaged-cause = { $reason }
error-ledger-damaged-next = `--out` ile başka bir klasör verin; orada her şey yeniden notlandırılır.
error-grade-unfinished = { $path } içine yapılan bir notlandırma yarıda kesildi.
error-grade-unfinished-next = Sürdürmek için `--resume` ekleyin: değerlendirilenler duruyor.
error-grade-no-student = “{ $student }” adlı birinin teslimi yok.
error-grade-no-student-next = Öğrencinin adı klasörün ya da dosyanın adıdır veya ders sisteminin verdiği numaradır.
error-grade-other-part = “{ $student }” sınıfın { $part } parçasında değil.
error-grade-other-part-next = `--shard` seçeneğini yazmayın ya da bu öğrencinin bulunduğu parçayı verin.
error-grade-jobs = “{ $value }” bir eşzamanlı iş sayısı değil.
error-grade-jobs-cause = 1 ile { $max } arasında bir tam sayı kabul edilir.
error-grade-jobs-next = Her çekirdek için bir tane olması için onu yazmayın.
error-grade-shard = “{ $value }” bir sınıf parçası değil.
error-grade-shard-cause = Parça I/N diye yazılır: 1'den başlayarak kaçıncısı ve toplam kaç parça, en çok { $max }.
error-grade-shard-next = Örneğin `--shard 2/8`.
error-merge-no-grading = { $path } içinde bir notlandırma yok.
error-merge-no-grading-next = `weft grade --shard` komutunun `--out` ile yazdığı klasörleri verin.
error-merge-occupied = Yanıtlar doğrudan { $path } içine notlandırılmış; bu yüzden parçalar orada birleştirilmez.
error-merge-occupied-next = `--out` için başka bir klasör seçin ya da bunu parçalar arasında verin.
error-merge-twice = { $path } iki kez verilmiş.
error-merge-twice-next = Her parçayı bir kez verin.
error-merge-missing = Sınıfın şu parçaları eksik: { $parts }.
error-merge-missing-next = Onları `--shard` ile notlandırın ve her parçanın klasörünü verin.
error-merge-split = { $path } içinde { $found } parçası var; öteki klasörler { $of } parçalı bir sınıfın.
error-merge-split-next = Yalnızca aynı bölmenin klasörlerini verin.
error-merge-two = “{ $student }” hem { $first } hem { $path } içinde, iki ayrı defterle.
error-merge-two-next = Birini `weft grade forget` ile çıkarın ve yeniden birleştirin.
error-merge-compiler = { $path }, { $found } ile notlandırılmış; ötekiler { $wanted } ile.
error-merge-compiler-cause = Başka bir derleyici ya da başka bir Weft sürümü başka türlü değerlendirebilir.
error-merge-compiler-next = O parçayı aynı Weft sürümü ve aynı derleyiciyle yeniden notlandırın.
error-merge-demands = { $path } içinde “{ $task }” görevi, ödevin şimdi aradığından başka koşullara göre değerlendirilmiş.
error-merge-demands-next = O parçayı yeniden notlandırın ya da notlandırıldığı ödevle birleştirin (`--assignment`).
error-queue-none = Kuyruğun nerede olduğu söylenmedi.
error-queue-none-next = `--queue` ile ya da { $variable } değişkeninde söyleyin, örneğin `redis://:PASSWORD@HOST:6379/`.
error-queue-address = Kuyruğun adresi bir Redis ya da PostgreSQL sunucusunun adresi değil.
error-queue-address-cause = Adres `redis://`, `rediss://` ya da `postgres://` ile başlar; başka sunucular desteklenmiyor.
error-queue-address-next = Örneğin `redis://:PASSWORD@HOST:6379/` ya da `postgres://USER:PASSWORD@HOST/DATABASE`.
error-queue-silent = { $address } adresindeki kuyruk kullanılamıyor.
error-queue-silent-cause = { $reason }
error-queue-silent-next = Orada bir sunucu çalışıyor mu, bu makine ona ulaşabiliyor mu? `redis-cli -h HOST ping` ya da `pg_isready -h HOST` bunu dener.
error-queue-denied = { $address } adresindeki kuyruk bu kullanıcıyı içeri almıyor.
error-queue-denied-cause = { $reason }
error-queue-denied-next = Adresteki kullanıcı adını ve parolayı denetleyin. Parolada `@` yerine `%40`, `/` yerine `%2F`, `%` yerine `%25` yazılır.
error-queue-database = { $address } adresinde böyle bir veritabanı yok.
error-queue-database-cause = { $reason }
error-queue-database-next = Orada, adresteki kullanıcı için oluşturun: `createdb --owner=USER DATABASE`.
error-queue-tables = Kuyruğun tabloları { $address } adresinde oluşturulamıyor.
error-queue-tables-cause = { $reason }
error-queue-tables-next = Kuyruğa, sahibi kendi kullanıcısı olan ayrı bir veritabanı verin: `createdb --owner=USER DATABASE`. PostgreSQL sürümü en az 13 olmalı ve `hstore` eklentisi bulunmalı.
error-queue-tls = { $address } bağlantısı şifrelenemiyor.
error-queue-tls-cause = { $reason }
error-queue-tls-next = Adresteki ad, sunucunun sertifikasında da bulunmalıdır. Sertifikayı kendi sertifika otoriteniz imzaladıysa onun sertifikasının nerede olduğunu söyleyin: `SSL_CERT_FILE=ca.pem` ya da PostgreSQL için adreste `sslrootcert=ca.pem`.
error-queue-mixed = İşçiler birbirinin aynı değil: birinde { $one }, ötekinde { $other } var.
error-queue-mixed-cause = Aynı yanıtı iki türlü değerlendirebilirler.
error-queue-mixed-next = Bütün makinelerde aynı derleyiciyi ve korumalı alanın aynı katmanlarını kullanın; `weft doctor` ikisini de gösterir.
error-queue-weft = Bir işçi { $theirs } ile değerlendiriyor, buradaki ise { $ours }.
error-queue-weft-cause = Aynı yanıtı başka türlü değerlendirebilir.
error-queue-weft-next = Bütün makinelere aynı Weft sürümünü kurun ve işçileri yeniden başlatın.
error-queue-trusting = Bir işçi, korumalı alanının bir katmanı eksik olduğu hâlde yanıtları çalıştırıyor.
error-queue-trusting-next = Eksiği orada giderin (`weft doctor` nasıl yapılacağını söyler). Öğrencilere kendinize güvendiğiniz kadar güveniyorsanız buraya da `--i-trust-these-students` ekleyin.
error-grade-stopped = İstediğiniz gibi durdu; biten her teslim duruyor.
error-grade-stopped-next = Sürdürmek için aynı komutu `--resume` ile verin.
error-grade-internal = { $count ->
    [one] Bir yanıt değerlendirilemedi; suç öğrencinin değil, bizim.
   *[other] { $count } yanıt değerlendirilemedi; suç öğrencilerin değil, bizim.
}
error-grade-internal-cause = { $answers }
error-grade-internal-next = Bir kez daha denemek için aynı komutu yeniden verin ya da puanları { $path }/hand.csv içine elle yazın. O zamana dek kimse puan yitirmez.
error-hand-too-large = { $path }, { $limit } MB sınırından büyük.
error-hand-too-large-next = `hand-open.csv` gibi, sütunları `student`, `task`, `points`, `comment` olan bir CSV dosyası olmalı.
error-hand-line = { $path } dosyasının { $line }. satırı anlaşılmıyor.
error-hand-line-cause = { $kind ->
    [encoding] UTF-8 değil. Hesap tablosu programında tabloyu “CSV UTF-8” olarak kaydedin.
    [column] İlk satırda `{ $name }` sütunu yok.
    [fields] Bu satırda { $found } alan var, ilk satırda { $wanted }. Ayırıcı işareti içeren alanı tırnak içine alın.
    [task] Ödevde “{ $name }” diye bir görev yok.
    [points] “{ $given }”, 0 ile { $max } arasında bir puan değil.
   *[twice] “{ $student }” için “{ $name }” görevine zaten puan verilmiş.
}
error-hand-line-next = Satırı düzeltip yeniden deneyin; henüz hiçbir şey notlandırılmadı.
error-grade-toolchain = Yanıtlar burada derlenemiyor.
error-grade-toolchain-cause = { $reason }
error-grade-toolchain-next = `weft doctor` neyin eksik olduğunu gösterir.
error-grade-no-compiler = Rust derleyicisi çalışmıyor: { $program }.
error-grade-no-compiler-cause = { error-file-cause }
error-grade-no-compiler-next = Rust'ı https://rustup.rs adresinden kurun ve yeni bir terminal açın; `weft doctor` bu makineyi denetler.
error-grade-no-linker = C derleyicisi yok ve Rust onunla bağlıyor.
error-grade-no-linker-next = Bir tane kurun (Debian ve Ubuntu: `apt install gcc`); `weft doctor` bu makineyi denetler.
error-grade-temporary = Geçici şeylerin klasöründe, { $path } içinde, hiçbir şey hazırlanamıyor.
error-grade-temporary-cause = { error-file-cause }
error-grade-temporary-next = Orada yer açın ya da ortamda başka bir klasör verin: `TMPDIR=DIR weft grade ...`
error-grade-library = Bu ödevin yanıtlarının kullanabileceği kitaplık hazırlanamadı.
error-grade-library-cause = { $reason }
error-grade-library-next = Bir kez ağa bağlanın, yer açın ve yeniden deneyin; { $path } içindekiler yeniden yapılır ve silinebilir. `weft doctor` Rust araçlarını denetler.

error-sandbox-bubblewrap = Öğrencilerin programları burada kapalı tutulamıyor: { $layers } eksik.
error-sandbox-bubblewrap-next = Onu kurun (Debian ve Ubuntu'da `apt install bubblewrap`). Öğrencilere kendinize güvendiğiniz kadar güveniyorsanız `--i-trust-these-students` ekleyin.
error-sandbox-forbidden = Öğrencilerin programları burada kapalı tutulamıyor: sistem bubblewrap'in çalışmasına izin vermiyor.
error-sandbox-forbidden-cause = { $reason }
error-sandbox-forbidden-next = bubblewrap için kullanıcı ad alanlarına izin verin (nasıl olduğu `docs/grading.md` içinde). Öğrencilere kendinize güvendiğiniz kadar güveniyorsanız `--i-trust-these-students` ekleyin.
error-sandbox-kernel = Öğrencilerin programları burada kapalı tutulamıyor: Linux'ta şunlar eksik: { $layers }.
error-sandbox-kernel-next = Bu katmanların açık olduğu Linux 5.13 ya da daha yenisini kullanın. Öğrencilere kendinize güvendiğiniz kadar güveniyorsanız `--i-trust-these-students` ekleyin.
error-sandbox-holes = Burada korumalı alandan bir şey dışarı çıkıyor: { $holes }.
error-sandbox-holes-next = Lütfen bunu `weft doctor` çıktısıyla bildirin. Öğrencilere kendinize güvendiğiniz kadar güveniyorsanız `--i-trust-these-students` ekleyin.
error-sandbox = Korumalı alan burada çalışmıyor.
error-sandbox-cause = { $reason }
error-sandbox-next = `weft doctor` katmanlarının her birini dener.

## Bir öğrenciyi unutmak

forgotten = “{ $student }” unutuldu: kayıt defterinde, notlarda, özette ve raporlarda.
forgotten-file = silindi: { $path }
forgotten-still-in = Defter hâlâ { $path } içinde ve oradan hiçbir şey çıkarılamaz. O dosyayı kendiniz silin.
forgotten-left = { $path } hâlâ orada ve içinde defter olmayan dosyalar var. Onu kendiniz silin, yoksa sonraki notlandırma bu öğrenciyi yine bulur.
forgotten-handed-in = Öğrencilerin teslim ettikleri hâlâ { $path } içinde. Bu öğrencinin payını silmek için `--submissions` seçeneğini bu yolla ekleyin.
error-forget-no-grading = { $path } içinde not yok.
error-forget-no-grading-cause = { error-file-cause }
error-forget-no-grading-next = Notların klasörünü `--out` ile verin.
error-forget-unknown = { $path } içinde “{ $student }” hakkında hiçbir şey bilinmiyor.
error-forget-unknown-next = Öğrencinin adı klasörün ya da dosyanın adıdır veya ders sisteminin verdiği numaradır; hepsi `grades.json` içinde.

## Teslim etmek

submit-compiling = Yanıtlarınız derleniyor; hiçbiri çalıştırılmıyor ...
submit-packed = { $path } teslime hazır: { $assignment } ödevi, { $total } görevden { $count } tanesi yanıtlı.
submit-open = Yanıtsız: { $tasks }.
error-submit-absent = { $path } defteri yok.
error-submit-absent-next = Yolu denetleyin; önce defteri JupyterLab'de kaydedin.
error-submit-over = { $path } defterin kendisi; zip dosyası onun üzerine yazılırdı.
error-submit-over-next = Zip dosyasına `--out` ile başka bir ad verin ya da onu yazmayın.
error-submit-out = { $path } yazılamıyor.
error-submit-out-cause = { error-file-cause }
error-submit-out-next = `--out` ile, yazabildiğiniz bir klasörde ve yeri olan bir diskte bir zip dosyası verin.
error-submit-unreadable = { $path } teslim edilemez.
error-submit-unreadable-cause = { $reason }
error-submit-unreadable-next = JupyterLab'de açıp kaydedin ve yeniden deneyin.
error-submit-no-assignment = { $path } bir ödevin defteri değil.
error-submit-no-assignment-next = Yanıtlarınızı öğretmeninizin verdiği deftere yazın.
error-submit-other-assignment = Bu, “{ $found }” ödevi; “{ $wanted }” değil.
error-submit-other-assignment-next = Doğru defteri verin ya da `--assignment` seçeneğini yazmayın.
error-submit-untouched = `{ $task }` görevinin henüz yanıtı yok.
error-submit-untouched-next = Yazın, defteri kaydedin ve yeniden deneyin; `--incomplete` onu olduğu gibi paketler.
error-submit-task = `{ $task }` görevi bu hâliyle notlandırılamaz.
error-submit-task-cause = { $reason }
error-submit-task-next = JupyterLab'de düzeltin, defteri kaydedin ve yeniden deneyin.
error-submit-compile = `{ $task }` görevi notlandırılırken derlenmezdi.
error-submit-compile-cause = { $reason }
error-submit-compile-next = Yanıt tek başına durur: yalnızca kendi hücresinde ve ona verilen hücrelerde duran sayılır. `--no-compile` yine de paketler.
error-submit-compiler = Yanıtlarınız burada derlenemedi.
error-submit-compiler-cause = { $reason }
error-submit-compiler-next = `weft doctor` neyin eksik olduğunu gösterir; `--no-compile` defteri derlemeden paketler.

## Doktor

doctor-user-namespaces = Korumalı alan: kullanıcı ad alanları
doctor-landlock = Korumalı alan: Landlock
doctor-landlock-next = Yalnızca `weft grade` için gerekir: Landlock ile başlatılmış Linux 5.13 ya da daha yenisi.
doctor-seccomp = Korumalı alan: seccomp
doctor-seccomp-next = Yalnızca `weft grade` için gerekir: sistem çağrısı süzgeçleri olan Linux.
doctor-bubblewrap = Korumalı alan: bubblewrap
doctor-bubblewrap-next = Yalnızca `weft grade` için gerekir: `apt install bubblewrap` ve ona kullanıcı ad alanlarına izin veren bir sistem.
doctor-cgroup = Korumalı alan: denetim grupları
doctor-cgroup-counted = belleği ve süreçleri sistem sayıyor
doctor-cgroup-measured = devredilmemiş; bellek ve süreçler bunun yerine ara ara ölçülüyor
doctor-escapes = Korumalı alan: kaçma denemeleri
doctor-escapes-next = `weft grade`, öğrencilere güvenilmedikçe burada hiçbir şey çalıştırmaz.
doctor-escapes-held = { $count ->
    [one] tek deneme başarısız oldu
   *[other] { $count } denemenin hepsi başarısız oldu
}
doctor-escapes-holes = { $count } denemeden şunlar dışarı çıktı: { $holes }

# Notlandırmanın söyledikleri: öğrenci raporları, sınıfın özeti, ödevler.

## Kararlar

grading-verdict-Accepted = Kabul edildi
grading-verdict-Partial = Kısmen doğru
grading-verdict-Wrong = Yanlış
grading-verdict-CompileError = Derlenmiyor
grading-verdict-CompileLimit = Derlemesi çok ağır
grading-verdict-TimeLimit = Çok yavaş
grading-verdict-MemoryLimit = Çok fazla bellek
grading-verdict-OutputLimit = Çok fazla çıktı
grading-verdict-ProcessLimit = Çok fazla iş parçacığı
grading-verdict-DiskLimit = Diske çok fazla yazma
grading-verdict-RuntimeError = Çöktü
grading-verdict-Incomplete = Yanıt yok
grading-verdict-Forbidden = İzin verilmiyor
grading-verdict-Invalid = Okunamıyor
grading-verdict-Internal = Bizim hatamız
grading-verdict-open = Henüz karar verilmedi

## Etiketler

grading-label-points = Puan
grading-label-student = Öğrenci
grading-label-compiler = Derleyicinin dediği
grading-label-check = Sınama
grading-label-asked = Sorulan değer
grading-label-expected = Beklenen
grading-label-found = Sizin yanıtınız
grading-label-rule = Bozulan kural
grading-label-seed = Bu çalıştırmanın tohumu
grading-label-said = İleti
grading-label-comment = Öğretmeninizden
grading-label-timeline = Başarısız çalıştırmanın zaman çizelgesi
grading-label-output = Yazdırdıkları
grading-label-schedule = Bunu gösteren çizelge

## Notlar

grading-note-trusted = Uyarı: bu yanıtlar tam bir korumalı alan olmadan çalıştırıldı, çünkü notlandıran kişi onlara güvenmeye karar verdi.
grading-note-missing = Korumalı alanda şunlar eksikti: { $layers }.
grading-note-approximate = Bazı sınırlar sistemce sayılmadı, ara ara ölçüldü: bellek ve iş parçacığı sayıları yaklaşıktır.
grading-note-open = Bazı puanlar henüz belli değil, bu yüzden toplam yok.
grading-note-schedule = Defterinize yapıştırın: `:explore --replay` ve çizelge.
grading-note-similar = Bu bir ipucudur, kanıt değil: kısa yanıtlar birbirine benzer, iyi fikirler de birçok kişinin aklına gelir.

## Özet

grading-overview = Özet
grading-overview-count = { $count ->
    [one] Bir teslim
   *[other] { $count } teslim
}
grading-overview-mean = Ortalama
grading-overview-open = { $count ->
    [one] Bir teslimin toplamı henüz yok, çünkü puan verilmesi gerekiyor; ortalamaya ve dağılıma katılmadı.
   *[other] { $count } teslimin toplamı henüz yok, çünkü puan verilmesi gerekiyor; ortalamaya ve dağılıma katılmadılar.
}
grading-overview-distribution = Puanların dağılımı
grading-overview-tasks = Görevler
grading-overview-mistakes = En sık yapılan yanlışlar
grading-overview-no-mistakes = Yok.
grading-overview-similar = Benzer yanıtlar
grading-overview-no-similar = Yok.
grading-overview-similar-count = { $count ->
    [one] Bir çift, yan yana
   *[other] { $count } çift, yan yana
}
grading-overview-students = Öğrenciler
grading-overview-passed-over = Değerlendirilmeyenler
grading-overview-passed-over-why = Bu dosyaların kimin olduğunu gösteren bir şey yok, defter değiller ya da defter aranmayan bir yerdeler. Onlar yüzünden kimse sonuç almadı.

## Neden karar verilecek bir şey yoktu

grading-problem-not-json = Dosya bir defter değil: { $line }. satırın { $column }. sütununda anlamını yitiriyor. JupyterLab ile yeniden kaydedip bir daha gönderin.
grading-problem-not-notebook = Dosya bir defter değil. JupyterLab ile yeniden kaydedip bir daha gönderin.
grading-problem-too-large = Defter { $limit } MB sınırından büyük. Çıktılarını temizleyip bir daha gönderin.
grading-problem-damaged = Dosya bozuk ve sonuna kadar okunamadı. Bir daha gönderin.
grading-problem-no-notebook = Bu teslimde defter yok.
grading-problem-other-files = Bu teslimde defter yok, yalnızca { $files } var. Defterin kendisini (`.ipynb`) ya da `weft submit` komutunun yaptığı zip dosyasını gönderin.
grading-problem-several-notebooks = Bu teslimde { $count } defter var ve hiçbiri ödevin adını taşımıyor. Yalnızca birini gönderin.
grading-problem-not-a-file = Defter sıradan bir dosya değil. Bir bağlantı değil, defterin kendisini gönderin.
grading-problem-unsafe-path = Arşiv, dosyalarını kendi dışına koyuyor. `weft submit` ile yeniden paketleyin.
grading-problem-cell-missing = Bu görevin hücresi defterde yok. Yanıtınızı size verilen deftere yazın; hücrelerin adını değiştirmeyin ve onları silmeyin.
grading-problem-cell-twice = Birkaç hücre bu görevin adını taşıyor ve yanıtları farklı. Yalnızca birini bırakın.
grading-problem-answer-too-long = Yanıt { $limit } KB sınırından uzun.
grading-problem-untouched = Henüz yanıt yok.

## Neden bu karar verildi

grading-why-fine = İstenen her şey var.
grading-why-not-written = Henüz yanıt yok: program `todo!()` satırına ulaştı.
grading-why-compiler = Yanıt derlenmiyor.
grading-why-compiler-crashed = Derleyici bu yanıtla başa çıkamadı. Daha yalın bir yanıt yeter.
grading-why-compile-time = Derleme { $limit } saniyeden uzun sürdü.
grading-why-compile-memory = Derleme { $limit } MB sınırından çok bellek kullandı.
grading-why-compile-output = Derleyicinin bu yanıt için söyleyecekleri çok fazlaydı.
grading-why-word = { $line }. satır `{ $word }` kullanıyor; bu görevde buna izin yok.
grading-why-slept = Program uyuyor; bu görevde buna izin yok. Bir süre beklemek yerine gereken şeyi bekleyin.
grading-why-values = Çalışıyor, ama sonuç beklenen değil.
grading-why-values-hidden = Çalışıyor, ama gizli bir sınamanın sonucu beklenen değil.
grading-why-order = Olaylar olmaması gereken bir sırayla gerçekleşti.
grading-why-time = { $limit } saniye sonra hâlâ çalışıyordu.
grading-why-time-waiting = { $limit } saniye sonra hâlâ bekliyordu: büyük olasılıkla hiç gelmeyen bir kilidi, iş parçacığını ya da iletiyi.
grading-why-memory = { $limit } MB sınırından çok bellek kullandı.
grading-why-memory-approximate = Yaklaşık { $limit } MB sınırından çok bellek kullandı.
grading-why-output = { $stream } akışına çok fazla yazdı.
grading-why-processes = { $limit } taneden çok iş parçacığı ve süreç başlattı.
grading-why-threads = Aynı anda en çok { $limit } iş parçacığına izin var, ama { $seen } tane vardı.
grading-why-threads-hidden = Aynı anda en çok { $limit } iş parçacığına izin var, ama gizli bir sınamada daha çoğu vardı.
grading-why-leftover = Yanıt verdiğinde { $threads } iş parçacığı ve { $processes } süreç hâlâ oradaydı. Hepsini bekleyin.
grading-why-leftover-hidden = Gizli bir sınamaya yanıt verdiğinde iş parçacıkları ya da süreçler hâlâ oradaydı. Hepsini bekleyin.
grading-why-unreaped = Yanıt verdiğinde { $processes } alt süreç bitmişti, ama kimse onları beklememişti. Her alt süreci bekleyin, öldürdüğünüzü de.
grading-why-unreaped-hidden = Gizli bir sınamaya yanıt verdiğinde alt süreçler bitmişti, ama kimse onları beklememişti. Her alt süreci bekleyin, öldürdüğünüzü de.
grading-why-disk = Dosyalara { $limit } MB sınırından çok yazdı.
grading-why-panicked = Program panikledi.
grading-why-panicked-at = Program { $line }. satırda panikledi.
grading-why-panicked-hidden = Program gizli bir sınamada panikledi.
grading-why-stack = Yığın doldu: büyük olasılıkla bir işlev kendini sonsuza dek çağırıyor.
grading-why-ended = Yanıt vermeden önce programı { $code } koduyla bitirdi.
grading-why-ended-hidden = Gizli bir sınamada, yanıt vermeden önce programı bitirdi.
grading-why-killed = Yanıt vermeden önce { $signal } sinyali programı bitirdi.
grading-why-killed-hidden = Gizli bir sınamada, yanıt vermeden önce bir sinyal programı bitirdi.
grading-why-forged = Kimsenin sormadığına yanıt verdi.
grading-why-internal = Bu yanıtı değerlendiremedik. Bu sizin suçunuz değil ve puan kaybettirmez: bir insan bakacak.
grading-why-by-hand = Bu göreve öğretmeniniz karar verir, henüz vermedi.
grading-why-given = Bu göreve öğretmeniniz karar verdi.
grading-why-not-graded = Bu görev notlandırılmadı.

## Bir ödevi denetlemek

grading-claim-reference = örnek çözüm tam puan alıyor
grading-claim-stub = öğrenciye verilen taslak puan almıyor
grading-claim-wrong = yanlış bir çözüm reddediliyor
grading-claim-right = doğru bir çözüm kabul ediliyor
grading-claim-all-read = çözümlerin yanındaki her dosya bir görevin çözümü
grading-claim-wrong-exists = denetimleri sınayacak yanlış bir çözüm var

## İlerleme

grading-progress = { $done } / { $total }: { $id }
grading-progress-left = { $done } / { $total }: { $id }, yaklaşık { $seconds } sn kaldı

## Yeni bir ödev

grading-new-title = İlk ödev
grading-new-text = Yanıtlarınızı işaretli hücrelere yazın. Geri kalan her şey olduğu gibi kalır.
grading-new-task = İki katı
grading-new-by-hand = Kendi sözlerinizle
grading-new-question = Sonucu başka bir iş parçacığı hesapladığı hâlde neden elimize ulaşıyor?
grading-new-answer = Çünkü `join` iş parçacığını bekler ve döndürdüğünü teslim eder.
grading-new-stub = Yanıtınız

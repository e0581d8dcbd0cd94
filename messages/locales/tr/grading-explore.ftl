# İncelenen yanıtlar için notlandırmanın söyledikleri: bütün çizelgeleri, modelde.

## Ne ters gider

grading-explore-deadlock = Bir çizelgede kimse ilerleyemez: kilitlenme.
grading-explore-lost-update = Bir çizelgede bir iş parçacığı, başkasının az önce yaptığı değişikliğin üstüne yazar: kayıp güncelleme.
grading-explore-data-race = İki iş parçacığı aynı belleği kullanır, biri yazar ve aralarında bir sıra yoktur: veri yarışı.
grading-explore-panic = Bir çizelgede panikler.
grading-explore-livelock = Bir çizelgede iş parçacıkları sonsuza dek sürer ve bir yere varamaz: canlı kilitlenme.
grading-explore-lost-wakeup = Bir çizelgede bir iş parçacığı, beklemeye başlamasından önce gelmiş bir bildirimi bekler: kayıp uyandırma.
grading-explore-blocked-at-exit = Bir çizelgede program biterken bir iş parçacığı sonsuza dek takılıdır.
grading-explore-nondeterminism = Aynı çizelge ikinci kez başka bir şey yaptı.
grading-explore-woken = Bir koşul değişkenindeki bekleme, bildirim olmadan da bitebilir (sahte uyanma); o zaman iş ters gider: beklenecek bir şey kalıp kalmadığı yeniden sorulmuyor. `if` yerine `while` ya da `wait_while` kullanın.
grading-explore-leaves = Bir çizelgede, çevresindeki program işini bitirmeden süreci sonlandırır.
grading-explore-prints = Bir çizelgede, doğru bir yanıtın hiç yazdırmadığını yazdırır: eksik eşzamanlama.
grading-explore-never-right = Her çizelgede doğru bir yanıtın yazdırdığından başka bir şey yazdırır: bunun eşzamanlamayla ilgisi yoktur.
grading-explore-never-prints = Doğru bir yanıtın yazdırabildiği bir şeyi hiç yazdıramaz: aşırı eşzamanlama.

## Birlikte gösterilenler

grading-explore-label-lines = Yanıtınızın satırları
grading-explore-label-printed = Bunu yazdırabilir
grading-explore-label-required = Bunu hiç yazdıramaz
grading-explore-label-ending = Ardından gelen
grading-explore-label-cell = Adım adım görmek için bunu bir hücreye yapıştırın
grading-explore-label-program = İncelenen
grading-explore-nothing = (hiçbir şey)

## Neden kimse bilmiyor

grading-explore-open-not-modelled = İnceleyicide `{ $what }` modeli yok, bu yüzden bu yanıt incelenemedi.
grading-explore-open-beyond = Bu yanıt incelenemedi. Modeli yok: { explore-beyond }
grading-explore-open-time = Bu yanıtın çizelgeleri { $limit } saniyede incelenebilecek olandan çok.
grading-explore-open-memory = Bu yanıtın çizelgeleri { $limit } MB bellekle incelenebilecek olandan çok.
grading-explore-open-bounded = Bu yanıtın bazı çizelgeleri incelenemedi: aynı şeyi durmadan sorar ya da modelin dışına çıkar.
grading-explore-open-nondeterminism = Bu yanıt aynı çizelgeyle iki kez aynı şeyi yapmaz, bu yüzden incelenemedi.
grading-explore-open-outputs = Bu yanıt o kadar çok farklı şey yazdırabilir ki bunlar karşılaştırılamadı.
grading-explore-open-reference = Bu yanıtı karşılaştıracak bir şey yoktu: doğru yanıt tümüyle incelenemedi.
grading-explore-open-broke = Bu yanıtın incelenmesi yarıda kaldı.
grading-explore-no-fault = Bu sizin suçunuz değil ve puan kaybettirmez: bir insan bakacak.

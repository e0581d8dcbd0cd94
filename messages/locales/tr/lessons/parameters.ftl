# Alıştırmaların söyledikleri: başlıklar, senaryolar, notlar ve yazılan her satırın metni.
# Adlar (Reza, myFunc, MyClass-2, p1) ve değişkenler çevrilmez.

## Parametreler

parameter-n_threads = iş parçacığı sayısı (s1e6 alıştırmasında: iş parçacığı çifti sayısı)
parameter-n_process = süreç sayısı
parameter-n_products = ürün sayısı
parameter-n_inputs = girdi sayısı
parameter-shared_cell = 1 hatayı gösterir: kuyruk yerine ortak tek bir bellek hücresi
parameter-n_rounds = tur sayısı
parameter-n_permits = izin sayısı
parameter-n_parties = bariyerin beklediği iş parçacığı sayısı
parameter-n_handlers = olayı bekleyen iş parçacığı sayısı
parameter-n_counts = kaça kadar sayılacağı
parameter-interval = zamanlayıcının saniyenin kaç onda biri sonra tetikleneceği (2. ve 3. senaryoda bu sürenin yarısı)
parameter-num = küpü ve karesi alınacak sayı
parameter-length = dizinin ya da listenin uzunluğu
parameter-n_items = kuyruktaki öğe sayısı
parameter-count = kaça kadar sayılacağı
parameter-parties = bariyerde kaç sürecin buluşacağı
parameter-n_workers = havuzdaki işçi sayısı (0 = her çekirdek için bir işçi)
parameter-n_tasks = görev sayısı
parameter-seconds = sürecin kaç saniye çalışabileceği (s4e14 alıştırmasında: uzun duraklamanın kaç saniye süreceği)
parameter-dishes = bulaşık sayısı
parameter-items = öğe sayısı
parameter-workers = işçi sayısı
parameter-limit = her işçinin kaça kadar sayacağı
parameter-gil = 1 olursa bir sürecin bütün iş parçacıkları, CPython'daki yorumlayıcı kilidi (GIL) gibi tek bir ortak kilit kullanır
parameter-dryers = kurulayıcı sayısı (1. ve 2. senaryoda)
parameter-n_values = iş sayısı
parameter-processes = 1 olursa iş parçacığı havuzu yerine süreç havuzu kullanılır
parameter-n_hosts = makine sayısı
parameter-n_clients = istemci sayısı
parameter-load = ileti sayısı
parameter-n_sites = yerleşik deneme sunucusundaki adres sayısı (`--sites` verilirse dosya belirler)
parameter-concurrency = işçinin aynı anda kaç görev yaptığı
parameter-sites = denetlenecek adreslerin metin dosyası, her satırda bir adres (# yorum başlatır)

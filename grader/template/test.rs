assert_eq!(doubled(3), 6);
// BEGIN HIDDEN TESTS
assert_eq!(doubled(-5), -10);
// END HIDDEN TESTS

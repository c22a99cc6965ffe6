// Which counters of edges libFuzzer looks at.

// Makes all of them untouched.
void counters_clear(void);

// Tells libFuzzer what has been touched since the last call. To be called after each input; and before the search, since libFuzzer must
// know of some.
void counters_carry_over(void);

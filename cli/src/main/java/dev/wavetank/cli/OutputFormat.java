package dev.wavetank.cli;

/** For whom a command writes. */
enum OutputFormat {
    /** For people. */
    TABLE,
    /** For programs: one document. */
    JSON,
    /** For programs: one line a row. */
    NDJSON
}

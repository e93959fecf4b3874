package dev.wavetank.cli;

/** What the command's exit status means; scripts depend on it. */
final class ExitCodes {

    /** All went well and everything expected held. */
    static final int HELD = 0;

    /** An expectation failed, or a difference was found. */
    static final int FAILED = 1;

    /** Bad input or usage. */
    static final int BAD_INPUT = 2;

    /** A bug of ours. */
    static final int BUG = 70;

    private ExitCodes() {}
}

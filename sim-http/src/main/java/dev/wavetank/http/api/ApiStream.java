package dev.wavetank.http.api;

/** An answer that goes on until one of the two has enough: the server writes what comes to whoever listens. */
public interface ApiStream {

    /** Takes what the stream sends; called from several threads, but never from two at once. */
    interface Sink {
        /** Sends bytes on; must not wait for a slow reader, but may {@link ApiStream#close} the stream. */
        void send(byte[] bytes);

        /** Nothing more will come. */
        void end();
    }

    /** Begins to send; called once. */
    void open(Sink sink);

    /** The reader is gone, or too slow: nothing more is sent. May be called more than once. */
    void close();
}

package dev.wavetank.demo.load;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/*
 * One TCP connection that carries HTTP/1.1 GETs one after another. Neither of Java's own clients will do: both retry a
 * request by themselves when a kept connection turns out to be dead, which hides the very errors that are to be counted.
 */
/** One TCP connection to the service, with nothing between it and the caller. */
final class HttpConnection implements Closeable {

    private static final int LONGEST_LINE = 16 * 1024;

    private final Socket socket = new Socket();
    private final URI url;
    private InputStream in = InputStream.nullInputStream();
    private boolean reusable = true;

    private HttpConnection(URI url) {
        this.url = url;
    }

    /** What came back. */
    record Answer(int status, String body) {}

    /**
     * Connects, within the time given.
     *
     * @throws IOException if nothing answers there, or not in time
     */
    static HttpConnection open(URI url, int timeoutMillis) throws IOException {
        HttpConnection connection = new HttpConnection(url);
        int port = url.getPort() == -1 ? 80 : url.getPort();
        try {
            connection.socket.setTcpNoDelay(true);
            connection.socket.setSoTimeout(timeoutMillis);
            connection.socket.connect(new InetSocketAddress(InetAddress.getByName(url.getHost()), port), timeoutMillis);
            connection.in = new BufferedInputStream(connection.socket.getInputStream());
        } catch (IOException e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    /** Sends one GET and reads its answer; {@code keepAlive} false tells the server that it is the last. */
    Answer get(boolean keepAlive) throws IOException {
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        String target = url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
        String request = "GET " + target + " HTTP/1.1\r\nHost: " + url.getRawAuthority()
                + "\r\nUser-Agent: demo-service-load\r\nAccept: application/json\r\nConnection: "
                + (keepAlive ? "keep-alive" : "close") + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return read();
    }

    boolean isReusable() {
        return reusable;
    }

    @Override
    public void close() throws IOException {
        reusable = false;
        socket.close();
    }

    private Answer read() throws IOException {
        String[] status = line().split(" ", 3);
        if (status.length < 2 || !status[0].startsWith("HTTP/1.") || !status[1].matches("[0-9]{3}")) {
            throw new IOException("what answers does not speak HTTP");
        }
        long length = -1;
        boolean chunked = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            int colon = header.indexOf(':');
            String name = colon < 0 ? "" : header.substring(0, colon).trim().toLowerCase(Locale.ROOT);
            String value = header.substring(colon + 1).trim().toLowerCase(Locale.ROOT);
            switch (name) {
                case "content-length" -> length = parseLength(value, 10);
                case "transfer-encoding" -> chunked = value.contains("chunked");
                case "connection" -> reusable &= !value.contains("close");
                default -> {}
            }
        }
        return new Answer(Integer.parseInt(status[1]), body(length, chunked));
    }

    private String body(long length, boolean chunked) throws IOException {
        if (chunked) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (long size = chunkSize(); size > 0; size = chunkSize()) {
                body.write(exactly(size));
                line();
            }
            while (!line().isEmpty()) {
                // trailers say nothing here
            }
            return body.toString(StandardCharsets.UTF_8);
        }
        if (length >= 0) {
            return new String(exactly(length), StandardCharsets.UTF_8);
        }
        reusable = false;
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    private long chunkSize() throws IOException {
        return parseLength(line().split(";", 2)[0].trim(), 16);
    }

    private static long parseLength(String text, int radix) throws IOException {
        try {
            return Long.parseLong(text, radix);
        } catch (NumberFormatException e) {
            throw new IOException("a length of \"" + text + "\" is not HTTP", e);
        }
    }

    private byte[] exactly(long length) throws IOException {
        byte[] bytes = in.readNBytes(Math.toIntExact(length));
        if (bytes.length < length) {
            throw new EOFException("the connection ended within the answer");
        }
        return bytes;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the connection ended before the answer did");
            }
            if (line.length() > LONGEST_LINE) {
                throw new IOException("a header line without an end");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}

package dev.wavetank.http.ingress;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** An HTTP client that is one TCP connection and hides nothing of it. */
final class RawHttp implements AutoCloseable {

    private final Socket socket;
    private int status;

    RawHttp(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(10_000);
    }

    void timeout(int millis) throws IOException {
        socket.setSoTimeout(millis);
    }

    JsonNode get(String path) throws IOException {
        send(path);
        return read();
    }

    void send(String path, String... headers) throws IOException {
        String head = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + String.join("", headers) + "\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    }

    int status() throws IOException {
        line(socket.getInputStream());
        return status;
    }

    JsonNode read() throws IOException {
        InputStream in = socket.getInputStream();
        int length = 0;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.startsWith("Content-Length: ")) {
                length = Integer.parseInt(line.substring(16));
            }
        }
        return new ObjectMapper().readTree(in.readNBytes(length));
    }

    private String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection was closed");
            }
            line.write(next);
        }
        String text = line.toString(StandardCharsets.US_ASCII).trim();
        if (text.startsWith("HTTP/1.1 ")) {
            status = Integer.parseInt(text.substring(9, 12));
        }
        return text;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

package dev.wavetank.http.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * A certificate of our own for a server that others can reach: kubectl sends its token over TLS only. Made by the keytool
 * that comes with Java, used until the server stops, and never stored.
 *
 * @param host the name or address it is for
 */
record Certificate(String host, KeyStore keys, String password, String pem) {

    private static final String ALIAS = "wavetank";
    private static final int SECONDS = 30;

    /**
     * Makes one.
     *
     * @param listen what the server listens on; for all addresses, the certificate is for the machine's own name
     * @throws IOException if keytool cannot do it; the message says why
     */
    static Certificate selfSigned(String listen) throws IOException {
        InetAddress address = InetAddress.getByName(listen);
        String host = address.isAnyLocalAddress() ? InetAddress.getLocalHost().getHostAddress() : listen;
        String password = Tokens.next();
        Path folder = Files.createTempDirectory("wavetank-tls");
        Path file = folder.resolve("keys.p12");
        try {
            keytool(file, password, subjects(host));
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(file)) {
                keys.load(in, password.toCharArray());
            }
            String body = Base64.getMimeEncoder(64, new byte[] {'\n'})
                    .encodeToString(keys.getCertificate(ALIAS).getEncoded());
            return new Certificate(
                    host, keys, password, "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n");
        } catch (GeneralSecurityException e) {
            throw new IOException("the server's certificate cannot be read back: " + e.getMessage(), e);
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        }
    }

    private static String subjects(String host) throws IOException {
        String own = InetAddress.getByName(host).getHostAddress();
        String subjects = "san=dns:localhost,ip:127.0.0.1,ip:" + own;
        return host.equals(own) ? subjects : subjects + ",dns:" + host;
    }

    private static void keytool(Path file, String password, String subjects) throws IOException {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        ProcessBuilder builder = new ProcessBuilder(
                tool.toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=wavetank",
                "-ext",
                subjects,
                "-ext",
                "bc:critical=ca:true",
                "-validity",
                "30",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass:env",
                "WAVETANK_STOREPASS");
        builder.environment().put("WAVETANK_STOREPASS", password);
        Process process = builder.redirectErrorStream(true).start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("keytool made no certificate for the server: " + said.trim());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while keytool made a certificate", e);
        } finally {
            process.destroyForcibly();
        }
    }

    ServerConnector connector(Server server, HttpConfiguration http) {
        SslContextFactory.Server ssl = new SslContextFactory.Server();
        ssl.setKeyStore(keys);
        ssl.setKeyStorePassword(password);
        HttpConfiguration secure = new HttpConfiguration(http);
        SecureRequestCustomizer customizer = new SecureRequestCustomizer();
        customizer.setSniHostCheck(false);
        secure.addCustomizer(customizer);
        return new ServerConnector(server, ssl, new HttpConnectionFactory(secure));
    }
}

package io.agentos.runtime.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.spi.Egress.HttpCall;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS goes to the checked address and is checked by name, with a certificate made here. */
final class EgressTlsTest {
  private static final String PASSWORD = "only-for-this-test";

  @TempDir static Path folder;
  private static SSLContext tls;

  @BeforeAll
  static void makeCertificate() throws Exception {
    Path store = folder.resolve("otter.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "otter",
                "-dname",
                "CN=otter",
                "-ext",
                "SAN=dns:otter.example",
                "-validity",
                "2",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .start();
    assertThat(keytool.waitFor()).isZero();
    tls = context(store);
  }

  @Test
  void call_overTls_asksForTheNameAtTheCheckedAddress() throws IOException {
    SSLServerSocket server =
        (SSLServerSocket)
            tls.getServerSocketFactory().createServerSocket(0, 8, InetAddress.getLoopbackAddress());
    StringBuilder named = new StringBuilder();
    try (Listener listener =
        new Listener(
            server,
            socket -> {
              ExtendedSSLSession session = (ExtendedSSLSession) ((SSLSocket) socket).getSession();
              named.append(
                  session.getRequestedServerNames().stream()
                      .map(SNIServerName::getEncoded)
                      .map(String::new)
                      .toList());
              Listener.says("HTTP/1.1 200 OK\r\n\r\nwhiskers").play(socket);
            })) {
      String url = "https://otter.example:%d/".formatted(listener.port());

      assertThat(guard("otter.example").call(get(url)).body()).isEqualTo("whiskers");

      assertThat(named.toString()).isEqualTo("[otter.example]");
      assertThat(listener.received.getFirst())
          .contains("Host: otter.example:%d\r\n".formatted(listener.port()));
    }
  }

  @Test
  void call_certificateOfAnotherName_isRefused() throws IOException {
    SSLServerSocket server =
        (SSLServerSocket)
            tls.getServerSocketFactory().createServerSocket(0, 8, InetAddress.getLoopbackAddress());
    try (Listener listener = new Listener(server, Listener.says("HTTP/1.1 200 OK\r\n\r\nno"))) {
      String url = "https://beaver.example:%d/".formatted(listener.port());

      assertThatThrownBy(() -> guard("beaver.example").call(get(url)))
          .hasMessage(
              "No answer came from beaver.example:%d: its certificate or its TLS was not accepted."
                  .formatted(listener.port()));
      assertThat(listener.received).noneMatch(request -> request.contains("GET"));
    }
  }

  private static EgressGuard guard(String host) {
    return new EgressGuard(
        EgressGuardTest.rules(host), name -> List.of(InetAddress.ofLiteral("127.0.0.1")), tls);
  }

  private static HttpCall get(String url) {
    return new HttpCall("GET", url, Map.of(), "", Duration.ofSeconds(30), 1_000);
  }

  private static SSLContext context(Path store) throws GeneralSecurityException, IOException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, PASSWORD.toCharArray());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("otter", keys.getCertificate("otter"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }
}

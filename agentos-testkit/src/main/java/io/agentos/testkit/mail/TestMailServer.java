package io.agentos.testkit.mail;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;
import org.subethamail.smtp.server.Session;

/**
 * A mail server on the loopback that keeps what it took, and refuses or hangs up on demand.
 *
 * <p>Thread-safe.
 */
public final class TestMailServer implements AutoCloseable {
  /** The user and the password that are let in where a login is asked for. */
  public static final String USER = "otter";

  /** See {@link #USER}. */
  public static final String PASSWORD = "whiskers";

  private final List<Mail> mails = new CopyOnWriteArrayList<>();
  private final SMTPServer server;
  private volatile Behaviour behaviour = Behaviour.TAKES_ALL;

  /**
   * A mail that was taken.
   *
   * @param source head and body as they came
   */
  public record Mail(String from, List<String> to, String source) {
    public Mail {
      to = List.copyOf(to);
    }
  }

  /** What the server does at each place of the exchange; each may throw {@link Refusal}. */
  public interface Behaviour {
    /** Takes everything. */
    Behaviour TAKES_ALL = new Behaviour() {};

    /** At RCPT TO. */
    default void recipient(String address) {}

    /** After the end of the data, before the mail is kept. */
    default void beforeKeeping(Mail mail) {}

    /** After the mail is kept, before the answer. */
    default void beforeAnswering(Mail mail) {}
  }

  /** A reply of 400 to 599, or, with 0, none: the connection ends. */
  public static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int code;

    public Refusal(int code, String text) {
      super(text);
      this.code = code;
    }
  }

  private TestMailServer(SMTPServer.Builder builder) {
    this.server =
        builder
            .bindAddress(InetAddress.getLoopbackAddress())
            .port(freePort())
            .hostName("mail.example")
            .insertReceivedHeaders(false)
            .messageHandlerFactory(Exchange::new)
            .build();
    server.start();
  }

  /** Without TLS and login. */
  public static TestMailServer start() {
    return new TestMailServer(SMTPServer.port(0));
  }

  /** Wants STARTTLS, and then a login. */
  public static TestMailServer startSecured(SSLContext tls) {
    return new TestMailServer(
        SMTPServer.port(0)
            .startTlsSocketFactory(tls)
            .requireTLS()
            .requireAuth()
            .authenticationHandlerFactory(
                new EasyAuthenticationHandlerFactory((user, password, _) -> {
                  if (!user.equals(USER) || !password.equals(PASSWORD)) {
                    throw new LoginFailedException();
                  }
                })));
  }

  /** Speaks TLS from the first byte on. */
  public static TestMailServer startImplicit(SSLContext tls) {
    return new TestMailServer(SMTPServer.port(0).serverSocketFactory(tls));
  }

  public int port() {
    return server.getPortAllocated();
  }

  /** What was taken, in order. */
  public List<Mail> mails() {
    return List.copyOf(mails);
  }

  /** From now on. */
  public void behave(Behaviour next) {
    behaviour = next;
  }

  @Override
  public void close() {
    server.stop();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One connection. */
  private final class Exchange implements MessageHandler {
    private final MessageContext context;
    private final List<String> to = new ArrayList<>();
    private String from = "";

    Exchange(MessageContext context) {
      this.context = context;
    }

    @Override
    public void from(String address) {
      from = address;
    }

    @Override
    public void recipient(String address) throws RejectException {
      perform(_ -> behaviour.recipient(address), "");
      to.add(address);
    }

    @Override
    public String data(InputStream data) throws RejectException, IOException {
      Mail mail = new Mail(from, to, new String(data.readAllBytes(), StandardCharsets.UTF_8));
      perform(behaviour::beforeKeeping, mail);
      mails.add(mail);
      perform(behaviour::beforeAnswering, mail);
      return "kept as " + mails.size();
    }

    @Override
    public void done() {}

    private <T> void perform(Consumer<T> act, T on) throws RejectException {
      try {
        act.accept(on);
      } catch (Refusal refusal) {
        if (refusal.code == 0) {
          hangUp();
        }
        throw new RejectException(refusal.code == 0 ? 421 : refusal.code, refusal.getMessage());
      }
    }

    private void hangUp() {
      try {
        ((Session) context).closeSocket();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}

package io.agentos.tools.mail;

import io.agentos.spi.Tool;
import java.util.List;
import java.util.Optional;

/** The tools about e-mail. */
public final class MailTools {
  private MailTools() {}

  /**
   * All of them.
   *
   * @param server what sends the mail; without one, calls fail and say what to configure
   */
  public static List<Tool> tools(Optional<MailServer> server) {
    return List.of(new MailTool(server.map(Outbox::of)));
  }
}

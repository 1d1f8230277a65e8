package io.agentos.runtime.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Asks for the addresses of a name. May block for long; whoever asks bounds it. */
@FunctionalInterface
public interface NameLookup {
  /** The resolver of this machine. */
  NameLookup SYSTEM = name -> List.of(InetAddress.getAllByName(name));

  /**
   * All addresses of a name.
   *
   * @throws UnknownHostException when it has none
   */
  List<InetAddress> addresses(String name) throws UnknownHostException;
}

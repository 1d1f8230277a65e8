package io.agentos.server.http;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Reads the bodies of requests. Longer ones than {@link #BYTES_MAX} never come here. */
final class BodyReader {
  /** The largest body. */
  static final int BYTES_MAX = 8 * 1024 * 1024;

  /** The largest body of a delivery of somebody else. */
  static final int SIGNED_BYTES_MAX = 1024 * 1024;

  private static final int FIRST_READ = 16 * 1024;
  private static final String MEDIA_TYPE = "application/json";
  private static final HeaderName CONTENT_ENCODING = HeaderNames.CONTENT_ENCODING;

  private BodyReader() {}

  /**
   * The body of a request.
   *
   * @throws AgentOsException UNSUPPORTED_MEDIA_TYPE, OVERLOADED
   */
  static Body read(ServerRequest request, BodyMemory.Lease memory) {
    if (!request.content().hasEntity()) {
      return Body.NONE;
    }
    checkEncoding(request.headers().first(CONTENT_ENCODING));
    checkType(request.headers().first(HeaderNames.CONTENT_TYPE));
    return new Body(read(request, memory, BYTES_MAX));
  }

  /**
   * The body of a delivery, whatever its type: the bytes as they came are what is signed.
   *
   * @throws AgentOsException BODY_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE for an encoded one, OVERLOADED
   */
  static Body readSigned(ServerRequest request, BodyMemory.Lease memory) {
    if (!request.content().hasEntity()) {
      return Body.NONE;
    }
    checkEncoding(request.headers().first(CONTENT_ENCODING));
    return new Body(read(request, memory, SIGNED_BYTES_MAX));
  }

  private static byte[] read(ServerRequest request, BodyMemory.Lease memory, int bytesMax) {
    long announced = request.headers().contentLength().orElse(FIRST_READ);
    try {
      return bytes(request.content().inputStream(), announced, memory, bytesMax);
    } catch (CloseConnectionException | RequestException | AgentOsException e) {
      throw e;
    } catch (DataReader.InsufficientDataAvailableException | IOException e) {
      throw new CloseConnectionException("The body ended before its end.", e);
    } catch (RuntimeException e) {
      // Helidon has no one exception for chunks that are not well formed.
      throw RequestException.builder()
          .type(DirectHandler.EventType.BAD_REQUEST)
          .setKeepAlive(false)
          .message("The chunks of the body are not well formed.")
          .cause(e)
          .build();
    }
  }

  private static byte[] bytes(InputStream in, long announced, BodyMemory.Lease memory, int bytesMax)
      throws IOException {
    int room = Math.toIntExact(Math.min(announced, bytesMax));
    memory.reach(room);
    byte[] bytes = new byte[room];
    int length = 0;
    while (true) {
      length += in.readNBytes(bytes, length, bytes.length - length);
      if (length < bytes.length) {
        return Arrays.copyOf(bytes, length);
      }
      int next = in.read();
      if (next < 0) {
        return bytes;
      }
      int more = Math.min(bytesMax, bytes.length * 2);
      if (more == bytes.length) {
        throw new AgentOsException(
            ErrorCode.BODY_TOO_LARGE, "The body is larger than %,d bytes.".formatted(bytesMax));
      }
      memory.reach(more);
      bytes = Arrays.copyOf(bytes, more);
      bytes[length++] = (byte) next;
    }
  }

  private static void checkEncoding(Optional<String> encoding) {
    if (encoding.isPresent() && !encoding.get().strip().equalsIgnoreCase("identity")) {
      throw new AgentOsException(
          ErrorCode.UNSUPPORTED_MEDIA_TYPE, "The body must come without a Content-Encoding.");
    }
  }

  private static void checkType(Optional<String> type) {
    String[] parts = type.orElse("").toLowerCase(Locale.ROOT).split(";", -1);
    boolean fits = parts[0].strip().equals(MEDIA_TYPE);
    for (int i = 1; i < parts.length; i++) {
      String part = parts[i].strip();
      fits &= !part.startsWith("charset=") || part.matches("charset=\"?utf-8\"?");
    }
    if (!fits) {
      throw new AgentOsException(
          ErrorCode.UNSUPPORTED_MEDIA_TYPE,
          "The body must be of Content-Type application/json, in UTF-8.");
    }
  }
}

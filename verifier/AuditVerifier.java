import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks an export of an AgentOS audit log, or the evidence of one task, without AgentOS: no
 * database, no network, nothing but a JDK. docs/audit.md explains every step.
 *
 * <pre>java AuditVerifier.java EXPORT CHECKPOINTS KEY [--tree FILE] [--range FIRST-LAST]</pre>
 *
 * <p>Prints one line. Exit code 0: everything fits; 1: something does not, and the line names the
 * first entry that does not; 2: wrong usage, or a file that is no such file. It reads line by line
 * and keeps no more than a line and some hundred hashes, whatever it is given.
 */
@SuppressWarnings({
  "DefaultPackage", // So that the file can be run from anywhere.
  "AnnotateFormatMethod",
  "ArrayRecordComponent",
  "StringSplitter"
})
public final class AuditVerifier {
  private static final byte[] NONE = {};

  private final Key key;
  private final Checkpoints checkpoints;
  private final RandomAccessFile kept;
  private final Tree tree = new Tree();

  private AuditVerifier(Key key, Checkpoints checkpoints, RandomAccessFile keptOrNull) {
    this.key = key;
    this.checkpoints = checkpoints;
    this.kept = keptOrNull;
  }

  public static void main(String[] arguments) {
    System.exit(run(System.out, arguments));
  }

  /** Runs with these arguments and gives the exit code. */
  public static int run(PrintStream out, String... arguments) {
    Map<String, String> options = new LinkedHashMap<>();
    List<String> files = new ArrayList<>();
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i].startsWith("--") && i + 1 < arguments.length) {
        options.put(arguments[i], arguments[++i]);
      } else {
        files.add(arguments[i]);
      }
    }
    String range = options.getOrDefault("--range", "");
    if (files.size() != 3
        || !List.of("--tree", "--range").containsAll(options.keySet())
        || !range.matches("|[1-9][0-9]{0,17}-[1-9][0-9]{0,17}")) {
      out.println("usage: EXPORT CHECKPOINTS KEY [--tree FILE] [--range FIRST-LAST]");
      return 2;
    }
    String tree = options.get("--tree");
    try (Lines export = new Lines(files.get(0));
        Lines notes = new Lines(files.get(1));
        RandomAccessFile hashes = tree == null ? null : new RandomAccessFile(tree, "r")) {
      Key key = Key.read(files.get(2));
      AuditVerifier verifier = new AuditVerifier(key, new Checkpoints(notes, key), hashes);
      out.println("ok: " + verifier.check(export, range));
      return 0;
    } catch (Bad e) {
      out.println("bad: " + e.getMessage());
      return 1;
    } catch (IOException | RuntimeException e) {
      String what = e.getClass().getSimpleName() + ": " + e.getMessage();
      out.println("unreadable: " + what.replaceAll("[^ -~]", "?"));
      return 2;
    }
  }

  /** An entry does not fit. */
  private static final class Bad extends Exception {
    private static final long serialVersionUID = 1L;

    Bad(long seq, String what, Object... values) {
      super("entry " + seq + ": " + what.formatted(values));
    }
  }

  private String check(Lines export, String range) throws IOException, Bad {
    Json header = new Json(export.required());
    String tenant = header.text("tenant");
    if (!key.origin.endsWith("/" + tenant)) {
      throw new Bad(1, "the file is of another log than the key, which is of %s", key.origin);
    }
    if (header.has("evidence")) {
      return evidence(export, header, tenant);
    }
    long first = header.number("first");
    long last = header.number("last");
    String wanted = range.isEmpty() ? "1-" + last : range;
    if (!wanted.equals(first + "-" + last)) {
      throw new Bad(1, "the file holds entries %d to %d, and not %s", first, last, wanted);
    }
    tree.addAll(header.hashes("before"), first - 1);
    log(export, tenant, first, last, header.bytes("previous"));
    return range.isEmpty() ? whole(last) : part(header, first, last);
  }

  /** Step 1: each entry follows the one before, and the tree is what each checkpoint says. */
  private void log(Lines export, String tenant, long first, long last, byte[] previous)
      throws IOException, Bad {
    byte[] chain = previous;
    long fitting = first - 1;
    long other = 0;
    for (long seq = first; seq <= last; seq++) {
      Entry entry = Entry.read(export, seq);
      if (entry.seq != seq) {
        throw new Bad(seq, "missing; entry %d stands in its place", entry.seq);
      }
      chain = sha256(chain, entry.body);
      byte[] leaf = entry.leaf(tenant);
      if (!Arrays.equals(chain, entry.hash)) {
        throw new Bad(seq, "its content does not give its hash");
      }
      if (other == 0 && kept != null && !Arrays.equals(leaf, keptLeaf(seq))) {
        other = seq;
      }
      tree.add(0, leaf);
      for (Checkpoint now = checkpoints.upTo(seq); now != null; now = checkpoints.upTo(seq)) {
        if (now.size == seq && !Arrays.equals(now.root, tree.root())) {
          throw new Bad(
              other > 0 ? other : fitting + 1, "not what was signed in the checkpoint of %d", seq);
        }
        fitting = now.size == seq ? seq : fitting;
        other = now.size == seq ? 0 : other;
        checkpoints.fitting += now.size == seq ? 1 : 0;
      }
    }
    byte[] end = export.next();
    if (end == null || !new Json(end).has("end") || export.next() != null) {
      throw new Bad(last + 1, "the file does not end where it says");
    }
  }

  /** Step 2 of a whole log: no checkpoint was signed over more of it. */
  private String whole(long last) throws IOException, Bad {
    Checkpoint later = checkpoints.upTo(Long.MAX_VALUE);
    if (later != null) {
      throw new Bad(last + 1, "missing; a checkpoint of %d was signed", later.size);
    }
    if (checkpoints.fitting == 0) {
      throw new Bad(1, "no checkpoint vouches for it");
    }
    long open = last - checkpoints.before.size;
    return "entries 1 to %d of %s fit %d checkpoints".formatted(last, key.origin, checkpoints.fitting)
        + (open == 0 ? "" : "; the last %d are in no checkpoint yet".formatted(open));
  }

  /** Step 2 of a part: with what is left out, it leads to the checkpoint that the file brings. */
  private String part(Json header, long first, long last) throws IOException, Bad {
    Checkpoint own = checkpoint(header, first);
    tree.addAll(header.hashes("after"), own.size);
    if (!Arrays.equals(tree.root(), own.root)) {
      throw new Bad(first, "this part does not lead to the checkpoint of %d", own.size);
    }
    return "entries %d to %d of %s are in the log of %d that was signed"
        .formatted(first, last, key.origin, own.size);
  }

  /** The evidence of a task: each entry is in the signed log, and nothing beside them changed. */
  private String evidence(Lines export, Json header, String tenant) throws IOException, Bad {
    Checkpoint own = checkpoint(header, 1);
    MessageDigest all = digest();
    all.update(export.line);
    Texts texts = new Texts();
    long seq = 0;
    for (int count = 0; ; count++) {
      byte[] bytes = export.next();
      while (bytes != null && starts(bytes, "{\"part\":")) {
        texts.read(bytes);
        all.update(bytes);
        bytes = export.next();
      }
      if (bytes == null) {
        throw new Bad(seq + 1, "the file ends before its end");
      }
      if (starts(bytes, "{\"end\":")) {
        String said = "agentos-evidence-1\n%s\n%s\n".formatted(header.text("task"), hex(all.digest()));
        if (!said.equals(key.signedText(new Json(bytes).text("signature"))) || export.next() != null) {
          throw new Bad(1, "what stands beside the entries was changed");
        }
        return "%d entries about %s are in the log of %d that was signed"
            .formatted(count, header.text("task").replaceAll("[^ -~]", "?"), own.size) + texts.told();
      }
      all.update(bytes);
      Entry entry = Entry.of(bytes, seq + 1);
      if (entry.seq <= seq || entry.seq > own.size) {
        throw new Bad(seq + 1, "entry %d stands in its place", entry.seq);
      }
      seq = entry.seq;
      byte[] root = root(entry.leaf(tenant), seq - 1, own.size, entry.proof);
      if (!Arrays.equals(root, own.root)) {
        throw new Bad(seq, "not in the log of %d that was signed", own.size);
      }
      texts.mustHave(seq, entry.body);
    }
  }

  /** The definitions and prompts in evidence: each is what its hash says, and what the log names. */
  private static final class Texts {
    private static final String NAMED = "\"definition_sha256\":\"";
    private final Set<String> definitions = new HashSet<>();
    private boolean none;

    void read(byte[] line) throws Bad {
      none |= starts(line, "{\"part\":\"definition\",\"value\":null}");
      if (!starts(line, "{\"part\":\"definition\",\"name\":") && !starts(line, "{\"part\":\"prompt\",")) {
        return;
      }
      try {
        Json text = new Json(line);
        if (!hex(sha256(text.content("text"))).equals(text.text("sha256"))) {
          throw new Bad(1, "the text of the %s is not that of its hash", text.text("part"));
        }
        if (text.text("part").equals("definition")) {
          definitions.add(text.text("sha256"));
        }
      } catch (IllegalArgumentException e) {
        throw new Bad(1, "a text beside the entries cannot be read (%s)", e.getMessage());
      }
    }

    /** Names stand unescaped in an entry, and a text that somebody chose does not. */
    void mustHave(long seq, byte[] body) throws Bad {
      String entry = new String(body, StandardCharsets.UTF_8);
      int at = entry.indexOf(NAMED) + NAMED.length();
      if (at < NAMED.length() || none) {
        return;
      }
      if (!definitions.contains(entry.substring(at, Math.min(entry.length(), at + 64)))) {
        throw new Bad(seq, "it names a definition that the file does not hold");
      }
    }

    String told() {
      return none ? "; the definition was erased, or there was none" : "";
    }
  }

  /** The checkpoint in a header: signed by the key, and not other than one of the same size. */
  private Checkpoint checkpoint(Json header, long seq) throws IOException, Bad {
    Checkpoint own = key.checkpoint(header.text("checkpoint"));
    if (own == null) {
      throw new Bad(seq, "the file's checkpoint is not signed by %s", key.origin);
    }
    for (Checkpoint now = checkpoints.upTo(own.size); now != null; ) {
      if (now.size == own.size && !Arrays.equals(now.root, own.root)) {
        throw new Bad(seq, "two checkpoints of %d differ", own.size);
      }
      now = checkpoints.upTo(own.size);
    }
    return own;
  }

  private static boolean starts(byte[] line, String text) {
    byte[] start = Arrays.copyOf(line, Math.min(line.length, text.length()));
    return Arrays.equals(start, text.getBytes(StandardCharsets.UTF_8));
  }

  /** An entry: its number, its chained hash, its content, and in evidence the proof of it. */
  private record Entry(long seq, byte[] hash, byte[] body, List<byte[]> proof) {
    static Entry read(Lines lines, long expected) throws IOException, Bad {
      byte[] line = lines.next();
      if (line == null || starts(line, "{\"end\":")) {
        throw new Bad(expected, "missing; the file ends before it");
      }
      return of(line, expected);
    }

    static Entry of(byte[] line, long expected) throws Bad {
      try {
        Json json = new Json(line);
        List<byte[]> proof = json.has("proof") ? json.hashes("proof") : List.of();
        return new Entry(json.number("seq"), json.bytes("hash"), json.content("body"), proof);
      } catch (IllegalArgumentException e) {
        throw new Bad(expected, "its line cannot be read (%s)", e.getMessage());
      }
    }

    /** RFC 6962 over its number in eight bytes, its hash and its content. */
    byte[] leaf(String tenant) throws Bad {
      if (!starts(body, "{\"seq\":%d,\"tenant\":\"%s\",".formatted(seq, tenant))) {
        throw new Bad(seq, "its content is that of another entry");
      }
      byte[] number = ByteBuffer.allocate(Long.BYTES).putLong(seq).array();
      return sha256(new byte[] {0}, number, hash, body);
    }
  }

  /** The leaf in a kept tree: each leaf is followed by the nodes that it completes. */
  private byte[] keptLeaf(long seq) throws IOException {
    long place = (2 * (seq - 1) - Long.bitCount(seq - 1)) * 32;
    byte[] leaf = new byte[32];
    if (place + leaf.length > kept.length()) {
      return NONE;
    }
    kept.seek(place);
    kept.readFully(leaf);
    return leaf;
  }

  /** RFC 9162, section 2.1.3.2: the root to which a proof leads; nothing when it has no such length. */
  private static byte[] root(byte[] leaf, long index, long size, List<byte[]> proof) {
    byte[] root = leaf;
    long at = index;
    long end = size - 1;
    for (byte[] hash : proof) {
      if (end == 0) {
        return NONE;
      }
      boolean right = (at & 1) == 1 || at == end;
      root = right ? node(hash, root) : node(root, hash);
      while (right && (at & 1) == 0 && at != 0) {
        at >>= 1;
        end >>= 1;
      }
      at >>= 1;
      end >>= 1;
    }
    return end == 0 ? root : NONE;
  }

  /** A tree as it grows: the roots of the perfect subtrees along its right edge. */
  private static final class Tree {
    private final List<byte[]> roots = new ArrayList<>();
    private long size;

    void add(int level, byte[] hash) {
      byte[] root = hash;
      for (long left = size >>> level; (left & 1) == 1; left >>>= 1) {
        root = node(roots.removeLast(), root);
      }
      roots.add(root);
      size += 1L << level;
    }

    /** Adds the largest perfect subtrees up to a size. */
    void addAll(List<byte[]> hashes, long to) {
      for (byte[] hash : hashes) {
        require(size < to, "more hashes than subtrees");
        int fits = 63 - Long.numberOfLeadingZeros(to - size);
        add(size == 0 ? fits : Math.min(fits, Long.numberOfTrailingZeros(size)), hash);
      }
      require(size == to, "fewer hashes than subtrees");
    }

    byte[] root() {
      byte[] root = roots.isEmpty() ? sha256() : roots.getLast();
      for (int i = roots.size() - 2; i >= 0; i--) {
        root = node(roots.get(i), root);
      }
      return root;
    }
  }

  private record Checkpoint(long size, byte[] root) {}

  /** The notes of a file, smallest first. */
  private static final class Checkpoints {
    private final Lines lines;
    private final Key key;
    private Checkpoint before = new Checkpoint(0, NONE);
    private Checkpoint next;
    private int fitting;

    Checkpoints(Lines lines, Key key) {
      this.lines = lines;
      this.key = key;
    }

    /** The next one, when it is of at most this size; null for none. */
    Checkpoint upTo(long size) throws IOException, Bad {
      next = next == null ? read() : next;
      if (next == null || next.size > size) {
        return null;
      }
      before = next;
      next = null;
      return before;
    }

    private Checkpoint read() throws IOException, Bad {
      StringBuilder note = new StringBuilder();
      boolean signed = false;
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        String text = new String(line, StandardCharsets.UTF_8);
        if (text.isEmpty() && signed) {
          break;
        }
        signed = text.startsWith("— ");
        note.append(text).append('\n');
        require(note.length() < 100_000, "a checkpoint without end");
      }
      if (note.isEmpty()) {
        return null;
      }
      Checkpoint read = key.checkpoint(note.toString());
      if (read == null) {
        throw new Bad(before.size + 1, "the checkpoint over it is not signed by %s", key.origin);
      }
      if (read.size < before.size
          || (read.size == before.size && !Arrays.equals(read.root, before.root))) {
        throw new Bad(read.size, "its checkpoint follows another one of %d", before.size);
      }
      return read;
    }
  }

  /** A key as {@code origin+id+base64}, and notes it signed: C2SP signed-note, tlog-checkpoint. */
  private record Key(String origin, byte[] id, PublicKey key) {
    static Key read(String file) throws IOException {
      byte[] bytes = Files.newInputStream(Path.of(file)).readNBytes(1_000);
      String[] parts = new String(bytes, StandardCharsets.UTF_8).strip().split("\\+", 3);
      require(parts.length == 3 && parts[0].matches("[!-*,-~]+"), "no key of a log: " + file);
      byte[] typed = Base64.getDecoder().decode(parts[2]);
      require(typed.length == 33 && typed[0] == 1, "no Ed25519 key");
      byte[] name = (parts[0] + "\n").getBytes(StandardCharsets.UTF_8);
      byte[] id = Arrays.copyOf(sha256(name, typed), 4);
      require(hex(id).equals(parts[1]), "the key's id is not that of the key");
      try {
        byte[] x509 = HexFormat.of().parseHex("302a300506032b6570032100" + hex(typed).substring(2));
        KeyFactory keys = KeyFactory.getInstance("Ed25519");
        return new Key(parts[0], id, keys.generatePublic(new X509EncodedKeySpec(x509)));
      } catch (GeneralSecurityException e) {
        throw new IllegalArgumentException("no Ed25519 key", e);
      }
    }

    /** The checkpoint in a note; null when this key did not sign it for this log. */
    Checkpoint checkpoint(String note) {
      String[] lines = signedText(note).split("\n", -1);
      if (lines.length != 4 || !lines[0].equals(origin) || !lines[1].matches("[1-9][0-9]{0,17}")) {
        return null;
      }
      return new Checkpoint(Long.parseLong(lines[1]), base64(lines[2]));
    }

    /** The text of a note that this key signed; empty when it did not. */
    String signedText(String note) {
      int end = note.lastIndexOf("\n\n") + 1;
      String text = note.substring(0, end);
      for (String line : note.substring(end).split("\n")) {
        if (line.startsWith("— " + origin + " ")) {
          byte[] signed = base64(line.substring(origin.length() + 3));
          if (signed.length == 68 && Arrays.equals(id, Arrays.copyOf(signed, 4))) {
            return fits(text, Arrays.copyOfRange(signed, 4, 68)) ? text : "";
          }
        }
      }
      return "";
    }

    private static byte[] base64(String text) {
      try {
        return Base64.getDecoder().decode(text);
      } catch (IllegalArgumentException e) {
        return NONE;
      }
    }

    private boolean fits(String text, byte[] signed) {
      try {
        Signature signature = Signature.getInstance("Ed25519");
        signature.initVerify(key);
        signature.update(text.getBytes(StandardCharsets.UTF_8));
        return signature.verify(signed);
      } catch (GeneralSecurityException e) {
        return false;
      }
    }
  }

  /** One object of texts, whole numbers and lists of texts, without any space between. */
  private static final class Json {
    private static final int LIST_MAX = 128;
    private final Map<String, Object> members = new LinkedHashMap<>();
    private final String text;
    private int at;

    Json(byte[] line) {
      text = new String(line, StandardCharsets.UTF_8);
      require(Arrays.equals(text.getBytes(StandardCharsets.UTF_8), line), "no UTF-8");
      expect('{');
      do {
        String name = string();
        expect(':');
        require(members.put(name, value()) == null && members.size() < 20, "too many members");
      } while (more('}'));
      require(at == text.length(), "something after the object");
    }

    boolean has(String name) {
      return members.containsKey(name);
    }

    String text(String name) {
      require(members.get(name) instanceof String, "no text " + name);
      return (String) members.get(name);
    }

    long number(String name) {
      require(members.get(name) instanceof Long, "no number " + name);
      return (Long) members.get(name);
    }

    /** A text as UTF-8; half a character would be two texts with one hash. */
    byte[] content(String name) {
      byte[] bytes = text(name).getBytes(StandardCharsets.UTF_8);
      require(new String(bytes, StandardCharsets.UTF_8).equals(text(name)), "half a character");
      return bytes;
    }

    byte[] bytes(String name) {
      byte[] bytes = HexFormat.of().parseHex(text(name));
      require(bytes.length == 32, "no hash " + name);
      return bytes;
    }

    List<byte[]> hashes(String name) {
      require(members.get(name) instanceof List, "no list " + name);
      List<byte[]> hashes = new ArrayList<>();
      for (Object hash : (List<?>) members.get(name)) {
        hashes.add(Base64.getDecoder().decode((String) hash));
        require(hashes.getLast().length == 32, "no hash in " + name);
      }
      return hashes;
    }

    private Object value() {
      char c = peek();
      if (c == '"') {
        return string();
      }
      if (c == '[') {
        List<String> list = new ArrayList<>();
        at++;
        if (peek() == ']') {
          at++;
          return list;
        }
        do {
          list.add(string());
          require(list.size() <= LIST_MAX, "a list too long");
        } while (more(']'));
        return list;
      }
      int begin = at;
      while (at < text.length() && at - begin < 19 && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
        at++;
      }
      require(at > begin && at - begin < 19, "no text, whole number or list at " + begin);
      return Long.parseLong(text.substring(begin, at));
    }

    private String string() {
      expect('"');
      StringBuilder string = new StringBuilder();
      for (char c = take(); c != '"'; c = take()) {
        require(c >= ' ', "a control character");
        string.append(c == '\\' ? escaped() : c);
      }
      return string.toString();
    }

    private char escaped() {
      char c = take();
      int simple = "\"\\/bfnrt".indexOf(c);
      if (simple >= 0) {
        return "\"\\/\b\f\n\r\t".charAt(simple);
      }
      require(c == 'u' && at + 4 <= text.length(), "an escape that JSON does not have");
      at += 4;
      return (char) HexFormat.fromHexDigits(text, at - 4, at);
    }

    private boolean more(char end) {
      char c = take();
      require(c == ',' || c == end, "no '%s' at %d".formatted(end, at));
      return c == ',';
    }

    private void expect(char wanted) {
      require(take() == wanted, "no '%s' at %d".formatted(wanted, at));
    }

    private char peek() {
      require(at < text.length(), "a line that ends too soon");
      return text.charAt(at);
    }

    private char take() {
      char c = peek();
      at++;
      return c;
    }
  }

  /** The lines of a file, one at a time. */
  private static final class Lines implements AutoCloseable {
    private static final int BYTES_MAX = 32 * 1024 * 1024;
    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int end;
    private byte[] line = NONE;

    Lines(String file) throws IOException {
      in = Files.newInputStream(Path.of(file));
    }

    /** The next line without its end; null after the last. */
    byte[] next() throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      while (at < end || fill()) {
        int from = at;
        while (at < end && buffer[at] != '\n') {
          at++;
        }
        bytes.write(buffer, from, at - from);
        require(bytes.size() <= BYTES_MAX, "a line of more than 32 MiB");
        if (at < end) {
          at++;
          line = bytes.toByteArray();
          return line;
        }
      }
      line = bytes.toByteArray();
      return line.length == 0 ? null : line;
    }

    private boolean fill() throws IOException {
      at = 0;
      end = Math.max(0, in.read(buffer));
      return end > 0;
    }

    byte[] required() throws IOException {
      byte[] next = next();
      require(next != null, "the file ends too soon");
      return next;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  private static byte[] node(byte[] left, byte[] right) {
    return sha256(new byte[] {1}, left, right);
  }

  private static byte[] sha256(byte[]... parts) {
    MessageDigest digest = digest();
    for (byte[] part : parts) {
      digest.update(part);
    }
    return digest.digest();
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}

package io.agentos.tools.logs;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A cause that messages of all programs have in common.
 *
 * @param why what it means
 * @param fix where to look, and what mends it
 */
record KnownCause(String id, Pattern pattern, boolean grave, String why, String fix) {
  private static final List<KnownCause> ALL =
      List.of(
          of(
              "out-of-memory",
              "OutOfMemoryError|Out of memory|OOMKilled|MemoryError|heap out of memory|Cannot allocate memory",
              true,
              "The process needs more memory than it may have; what follows it is not to be trusted.",
              "Look at what came in just before; take a heap dump (-XX:+HeapDumpOnOutOfMemoryError);"
                  + " raise the limit only when the growth is understood."),
          of(
              "disk-full",
              "No space left on device|Disk quota exceeded|disk is full|could not extend file",
              true,
              "Nothing more can be written: data and logs are lost from here on.",
              "Free space (df -h, du -xh --max-depth=2), then find what grows, and set an alert at 80 %."),
          of(
              "too-many-files",
              "Too many open files|EMFILE|ENFILE",
              true,
              "Files or connections are opened and not closed, or the limit is too low.",
              "Look at lsof -p PID by kind; close what leaks; raise LimitNOFILE if the load explains it."),
          of(
              "connections-exhausted",
              "too many connections|remaining connection slots|too many clients|Connection is not available, request timed out|QueuePool limit|pool.{0,30}exhausted",
              true,
              "No connection to the database is free: all of them are held, or too many programs share it.",
              "Look for transactions that stay open (pg_stat_activity, state idle in transaction) and"
                  + " for calls to others made inside one; only then resize the pool."),
          of(
              "deadlock",
              "deadlock detected|Deadlock found",
              true,
              "Two transactions wait for each other; one of them was undone.",
              "Take locks in the same order everywhere, keep transactions short, and repeat the one"
                  + " that was undone."),
          of(
              "certificate",
              "certificate (?:has )?expired|CertificateExpired|CERT_HAS_EXPIRED|PKIX path|unable to get local issuer|SSLHandshake|certificate verify failed",
              true,
              "The two sides do not trust each other's certificate: it is over, for another name, or"
                  + " of an unknown authority.",
              "openssl s_client -connect HOST:443 -servername HOST shows dates and issuer; renew it, or"
                  + " add the authority."),
          of(
              "name-unknown",
              "UnknownHostException|Name or service not known|ENOTFOUND|getaddrinfo|no such host|NXDOMAIN",
              true,
              "A host's name cannot be resolved.",
              "Check the name in the configuration and the resolver of that machine or container."),
          of(
              "refused",
              "Connection refused|ECONNREFUSED|connect: connection refused",
              true,
              "Nobody listens there: the other service is down, restarts, or listens elsewhere.",
              "Look at the other service at the same time; check host and port."),
          of(
              "address-in-use",
              "Address already in use|EADDRINUSE",
              true,
              "Another process has the port, often the same program still running.",
              "ss -ltnp shows who; stop it, or take another port."),
          of(
              "rate-limited",
              "rate limit|Too Many Requests|\\b429\\b|throttl",
              false,
              "The other side takes no more from us for now.",
              "Wait as Retry-After says, with growing pauses; call less; ask for a higher limit."),
          of(
              "timeout",
              "timed? ?out|TimeoutException|ETIMEDOUT|deadline exceeded|Read timed out",
              false,
              "An answer did not come in time; the other side may have done the work all the same.",
              "Look at how long the other side took at that time; repeat only what is idempotent."),
          of(
              "not-allowed",
              "permission denied|Access ?Denied|EACCES|\\b403\\b|Forbidden|Unauthorized|\\b401\\b|authentication failed|invalid token",
              false,
              "Somebody or something may not do what it tries: a wrong or expired key, a missing"
                  + " right, or an attack.",
              "See who it is and since when; many different names from one address is an attack."),
          of(
              "nothing-there",
              "NullPointerException|undefined is not|Cannot read propert|'NoneType' object|nil pointer|null reference|NullReference",
              false,
              "A value is missing where the code takes it for granted.",
              "Go to the frame named; see for which input it is missing; decide what should happen then."),
          of(
              "not-found-in-build",
              "ClassNotFoundException|NoClassDefFoundError|NoSuchMethodError|ModuleNotFoundError|Cannot find module|ImportError",
              true,
              "Something the program needs is not in what was delivered, or in another version.",
              "Compare the dependencies of this release with the last one that worked."),
          of(
              "crashed",
              "SIGSEGV|segfault|core dumped|Killed process|signal 9|exit code 137|fatal error",
              true,
              "The process was ended, by the system or by a fault of native code.",
              "dmesg -T shows whether memory was the reason; a core dump shows where."));

  private static KnownCause of(String id, String pattern, boolean grave, String why, String fix) {
    return new KnownCause(id, Pattern.compile(pattern, Pattern.CASE_INSENSITIVE), grave, why, fix);
  }

  /** The cause behind a group, by its message and the innermost exception. */
  static Optional<KnownCause> of(LogGroup group) {
    return ALL.stream()
        .filter(one ->
            one.pattern().matcher(group.template()).find()
                || one.pattern().matcher(group.stack().reason()).find())
        .findFirst();
  }
}

package io.agentos.testkit;

/** The shape in which a vendor's servers speak, as far as a {@link FakeModelServer} needs it. */
public interface ModelServerDialect {

  /** The body of a whole answer. {@code number} makes its ids unique. */
  String reply(FakeStep.Reply reply, int number);

  /** The body of an error answer. */
  String failure(FakeStep.Failure failure);

  /** How many messages of the model a request body holds: the number of turns before this one. */
  int turnsBefore(String requestBody);
}

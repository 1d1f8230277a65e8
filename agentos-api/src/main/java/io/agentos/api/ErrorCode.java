package io.agentos.api;

/**
 * The reason why something ended badly: who must act, whether trying again can help, and the HTTP
 * status that says it to a caller.
 *
 * <p>The names are part of the contract: they appear as {@code code} in problem documents and in
 * {@code error.code} of a task. Listed with remedies in docs/errors.md.
 */
public enum ErrorCode {
  /** A field is unknown, missing, of the wrong type or out of range. */
  INVALID_REQUEST(Owner.CALLER, false, 422),
  /** The body is not JSON. */
  MALFORMED_JSON(Owner.CALLER, false, 400),
  /** The message is not what its protocol asks for at this place. */
  INVALID_MESSAGE(Owner.CALLER, false, 400),
  /** The body is larger than the bound of its route. */
  BODY_TOO_LARGE(Owner.CALLER, false, 413),
  /** The body is not of media type application/json. */
  UNSUPPORTED_MEDIA_TYPE(Owner.CALLER, false, 415),
  /** No API key, or one that is unknown, expired or revoked. */
  UNAUTHENTICATED(Owner.CALLER, false, 401),
  /** The key is known; its role does not allow this. */
  FORBIDDEN(Owner.CALLER, false, 403),
  /** No such object in this tenant. */
  NOT_FOUND(Owner.CALLER, false, 404),
  /** The route exists with other methods. */
  METHOD_NOT_ALLOWED(Owner.CALLER, false, 405),
  /** A code of the second factor is needed, or the one sent is wrong or was used. */
  SECOND_FACTOR(Owner.CALLER, false, 403),
  /** The delivery is not what its sender signed, too old, or from nobody known. */
  WEBHOOK_REFUSED(Owner.CALLER, false, 401),
  /** The object is not in a state that allows this. */
  CONFLICT(Owner.CALLER, false, 409),
  /** The first request with this Idempotency-Key has not ended yet. */
  IDEMPOTENCY_RUNNING(Owner.CALLER, true, 409),
  /** This Idempotency-Key was used with another body. */
  IDEMPOTENCY_MISMATCH(Owner.CALLER, false, 422),
  /** The approval has expired. */
  APPROVAL_EXPIRED(Owner.CALLER, false, 410),
  /** The digest sent is not the digest of what would run. */
  DIGEST_MISMATCH(Owner.CALLER, false, 412),
  /** No pack, agent or task type fits the request. */
  UNKNOWN_AGENT(Owner.CALLER, false, 422),
  /** The agent's declared inputs are missing or wrong. */
  INVALID_INPUT(Owner.CALLER, false, 422),
  /** The input names a file or folder outside the allowed roots. */
  OUTSIDE_ROOTS(Owner.CALLER, false, 403),

  /** A policy rule forbids it, or none permits it. */
  POLICY_DENIED(Owner.OPERATOR, false, 403),
  /** The address is inside, unknown or not on the list of where this tenant's tools may go. */
  EGRESS_REFUSED(Owner.OPERATOR, false, 403),
  /** Personal data could not be kept back as the tenant's rules ask; nothing was sent. */
  REDACTION_FAILED(Owner.OPERATOR, false, 500),
  /** What was asked for belonged to an erased subject; its key is destroyed. */
  ERASED(Owner.CALLER, false, 410),
  /** A gate blocked it. */
  GATE_BLOCKED(Owner.CALLER, false, 403),
  /** A person said no. */
  APPROVAL_REJECTED(Owner.CALLER, false, 403),
  /**
   * What an effect relied on no longer holds when it is about to begin, such as an approval that
   * was used, has expired or is about something else. Nothing was done.
   */
  INTENT_REFUSED(Owner.CALLER, false, 409),
  /** A bound of the task was reached: turns, tool calls, cost, time or size. */
  LIMIT_REACHED(Owner.CALLER, false, 422),
  /** The budget is used up. */
  BUDGET_EXHAUSTED(Owner.OPERATOR, false, 402),
  /** What is left of the budget is reserved by calls under way; some of it comes back. */
  BUDGET_RESERVED(Owner.OPERATOR, true, 429),
  /** The agent called the same tool with the same result too often. */
  LOOP_DETECTED(Owner.DEVELOPER, false, 422),
  /** A kill switch covers it. */
  KILLED(Owner.OPERATOR, false, 423),
  /** Someone cancelled the task. */
  CANCELLED(Owner.CALLER, false, 409),

  /** Too many requests in the window. */
  RATE_LIMITED(Owner.CALLER, true, 429),
  /** A queue or pool is full; try again later. */
  OVERLOADED(Owner.OPERATOR, true, 503),
  /** Postgres cannot be reached or does not answer in time. */
  STORE_UNAVAILABLE(Owner.OPERATOR, true, 503),

  /** No provider that could serve the agent is configured. */
  NO_MODEL(Owner.OPERATOR, false, 503),
  /** The provider refused the call as wrong; a repeat would be refused again. */
  PROVIDER_REFUSED(Owner.OPERATOR, false, 502),
  /** The provider refused the key. */
  PROVIDER_KEY(Owner.OPERATOR, false, 502),
  /** The provider has no credit left for this account. */
  PROVIDER_CREDIT(Owner.OPERATOR, false, 502),
  /** A rate limit of the provider is reached; a repeat passes later. */
  PROVIDER_LIMITED(Owner.PROVIDER, true, 503),
  /** The provider is busy or failing; a repeat may pass. */
  PROVIDER_UNAVAILABLE(Owner.PROVIDER, true, 503),
  /** The provider answered something that is not a whole, well-formed answer. */
  PROVIDER_ANSWER(Owner.PROVIDER, true, 502),

  /** No tool of this name is offered to the agent. */
  UNKNOWN_TOOL(Owner.DEVELOPER, false, 422),
  /** The arguments do not fit the tool's schema. */
  INVALID_ARGUMENTS(Owner.DEVELOPER, false, 422),
  /** The tool failed and a repeat would fail again. */
  TOOL_FAILED(Owner.DEVELOPER, false, 502),
  /** The tool is not what was approved; nothing was done. */
  TOOL_CHANGED(Owner.OPERATOR, false, 409),
  /** The tool failed in passing. */
  TOOL_UNAVAILABLE(Owner.DEVELOPER, true, 503),

  /** A configuration or definition file is wrong. */
  INVALID_DEFINITION(Owner.OPERATOR, false, 500),
  /** The environment lacks something AgentOS needs. */
  ENVIRONMENT(Owner.OPERATOR, false, 500),
  /** The program no longer fits the journal of the task. */
  JOURNAL_MISMATCH(Owner.DEVELOPER, false, 500),
  /** The task took its worker down too often. */
  POISONED(Owner.DEVELOPER, false, 500),
  /** A defect of AgentOS. */
  INTERNAL(Owner.DEVELOPER, false, 500);

  /** Who can do something about it. */
  public enum Owner {
    CALLER,
    OPERATOR,
    DEVELOPER,
    PROVIDER
  }

  private final Owner owner;
  private final boolean retriable;
  private final int httpStatus;

  ErrorCode(Owner owner, boolean retriable, int httpStatus) {
    this.owner = owner;
    this.retriable = retriable;
    this.httpStatus = httpStatus;
  }

  /** Who can do something about it. */
  public Owner owner() {
    return owner;
  }

  /** Whether the same thing, tried again later, may pass. */
  public boolean retriable() {
    return retriable;
  }

  /** The HTTP status that tells it to a caller. */
  public int httpStatus() {
    return httpStatus;
  }
}

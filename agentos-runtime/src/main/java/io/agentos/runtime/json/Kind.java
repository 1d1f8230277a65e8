package io.agentos.runtime.json;

import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Makes a sealed type carry the name of its variant as {@code kind}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
interface Kind {}

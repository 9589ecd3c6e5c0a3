package org.sqltune.inference.engine;

import org.sqltune.model.decoder.PrefixStatistics;

/**
 * What an engine is doing.
 *
 * @param runningRequests requests that are being answered
 * @param waitingRequests requests that haven't begun
 * @param pages pages for keys and values in all, of {@link org.sqltune.model.decoder.KvPool#PAGE} tokens each
 * @param freePages pages that hold nothing, neither of a request nor of a kept beginning
 * @param prefixes kept beginnings of prompts
 */
public record EngineStatistics(
        int runningRequests, int waitingRequests, int pages, int freePages, PrefixStatistics prefixes) {}

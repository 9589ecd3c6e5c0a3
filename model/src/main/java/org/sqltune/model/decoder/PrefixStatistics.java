package org.sqltune.model.decoder;

/**
 * What a {@link PrefixTree} holds and how it was used so far.
 *
 * @param queries prompts whose beginning was looked for
 * @param queriedTokens tokens of those prompts
 * @param hitTokens tokens of them whose keys and values were there
 * @param keptTokens tokens that are kept now
 * @param pinnedTokens those of them that are pinned, whatever comes
 * @param evictions how often something was dropped to make room
 * @param evictedTokens tokens that were dropped for it
 */
public record PrefixStatistics(
        long queries,
        long queriedTokens,
        long hitTokens,
        long keptTokens,
        long pinnedTokens,
        long evictions,
        long evictedTokens) {}

package io.smi.record.remote;

import java.util.Map;

/**
 * A GET.
 *
 * @param target path and query
 * @param authorization the header of this name, apart since it is for this server only; empty for none
 * @param headers the others by name
 */
record Request(String target, String authorization, Map<String, String> headers) {}

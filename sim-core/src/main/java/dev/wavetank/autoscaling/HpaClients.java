package dev.wavetank.autoscaling;

import dev.wavetank.model.ApiClient;

/**
 * The HPA controller's ways to the API server; each has a rate limit of its own, as the controller manager builds them.
 *
 * @param scale for the scale subresource of targets
 * @param metrics for the metrics APIs
 * @param status for HPAs themselves
 */
public record HpaClients(ApiClient scale, ApiClient metrics, ApiClient status) {}

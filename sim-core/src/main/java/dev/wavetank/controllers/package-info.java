/**
 * The controllers of the control plane and the decisions they take: Deployment, ReplicaSet, EndpointSlice, Scheduler. Start with {@code DeploymentController}.
 */
@org.jspecify.annotations.NullMarked
package dev.wavetank.controllers;

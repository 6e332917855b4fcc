/// How capacity follows the load.
public struct AutoScalingSettingsDescription: Sendable, Hashable, JSONObject {
    /// The fewest units.
    public var minimumUnits: Int?
    /// The most units.
    public var maximumUnits: Int?
    /// Whether capacity stays as it is.
    public var autoScalingDisabled: Bool?
    /// The role that changes capacity.
    public var autoScalingRoleArn: String?
    /// The policies that change capacity.
    public var scalingPolicies: [AutoScalingPolicyDescription]?

    private init() { self = .unread }
}

/// A policy that changes capacity.
public struct AutoScalingPolicyDescription: Sendable, Hashable, JSONObject {
    /// The policy's name.
    public var policyName: String?
    /// The use of capacity that is aimed at.
    public var targetTrackingScalingPolicyConfiguration: AutoScalingTargetTrackingScalingPolicyConfigurationDescription?

    private init() { self = .unread }
}

/// The use of capacity that a policy aims at.
public struct AutoScalingTargetTrackingScalingPolicyConfigurationDescription: Sendable, Hashable, JSONObject {
    /// The share of the capacity to be used, in percent.
    public var targetValue: Double
    /// Whether capacity is only raised.
    public var disableScaleIn: Bool?
    /// Seconds after lowering capacity before it is lowered again.
    public var scaleInCooldown: Int?
    /// Seconds after raising capacity before it is raised again.
    public var scaleOutCooldown: Int?

    private init() { self = .unread }
}

/// How capacity shall follow the load.
public struct AutoScalingSettingsUpdate: Sendable, Hashable, JSONObject {
    /// The fewest units.
    public var minimumUnits: Int?
    /// The most units.
    public var maximumUnits: Int?
    /// Whether capacity stays as it is.
    public var autoScalingDisabled: Bool?
    /// The role that changes capacity.
    public var autoScalingRoleArn: String?
    /// The policy that changes capacity.
    public var scalingPolicyUpdate: AutoScalingPolicyUpdate?

    private init() { self = .unread }
}

/// A policy that shall change capacity.
public struct AutoScalingPolicyUpdate: Sendable, Hashable, JSONObject {
    /// The use of capacity that is aimed at.
    public var targetTrackingScalingPolicyConfiguration: AutoScalingTargetTrackingScalingPolicyConfigurationUpdate
    /// The policy's name.
    public var policyName: String?

    private init() { self = .unread }
}

/// The use of capacity that a policy shall aim at.
public struct AutoScalingTargetTrackingScalingPolicyConfigurationUpdate: Sendable, Hashable, JSONObject {
    /// The share of the capacity to be used, in percent.
    public var targetValue: Double
    /// Whether capacity is only raised.
    public var disableScaleIn: Bool?
    /// Seconds after lowering capacity before it is lowered again.
    public var scaleInCooldown: Int?
    /// Seconds after raising capacity before it is raised again.
    public var scaleOutCooldown: Int?

    private init() { self = .unread }
}

// Made by scripts/generate-api of the API's model in botocore 1.44.8. Do not edit.
// swift-format-ignore-file

extension DeleteResourcePolicyInput {
    /// Makes a request of its members.
    public init(
        resourceArn: String,
        expectedRevisionId: String? = nil
    ) {
        self.resourceArn = resourceArn
        self.expectedRevisionId = expectedRevisionId
    }

    package static var unread: Self { Self(resourceArn: .init()) }

    package static var front: ValidationFront? { .older }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("ExpectedRevisionId", &expectedRevisionId)
        try members.required("ResourceArn", &resourceArn)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("ExpectedRevisionId", expectedRevisionId, .length(1, 255))
        check.check("ResourceArn", resourceArn, .length(1, 1_283))
    }
}

extension DeleteResourcePolicyOutput {
    /// Makes a response of its members.
    public init(
        revisionId: String? = nil
    ) {
        self.revisionId = revisionId
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("RevisionId", &revisionId)
    }
}

extension GetResourcePolicyInput {
    /// Makes a request of its members.
    public init(
        resourceArn: String
    ) {
        self.resourceArn = resourceArn
    }

    package static var unread: Self { Self(resourceArn: .init()) }

    package static var front: ValidationFront? { .older }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("ResourceArn", &resourceArn)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("ResourceArn", resourceArn, .length(1, 1_283))
    }
}

extension GetResourcePolicyOutput {
    /// Makes a response of its members.
    public init(
        policy: String? = nil,
        revisionId: String? = nil
    ) {
        self.policy = policy
        self.revisionId = revisionId
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("Policy", &policy)
        try members.optional("RevisionId", &revisionId)
    }
}

extension PutResourcePolicyInput {
    /// Makes a request of its members.
    public init(
        resourceArn: String,
        policy: String,
        expectedRevisionId: String? = nil,
        confirmRemoveSelfResourceAccess: Bool? = nil
    ) {
        self.resourceArn = resourceArn
        self.policy = policy
        self.expectedRevisionId = expectedRevisionId
        self.confirmRemoveSelfResourceAccess = confirmRemoveSelfResourceAccess
    }

    package static var unread: Self { Self(resourceArn: .init(), policy: .init()) }

    package static var front: ValidationFront? { .older }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("ExpectedRevisionId", &expectedRevisionId)
        try members.required("ResourceArn", &resourceArn)
        try members.optional("ConfirmRemoveSelfResourceAccess", &confirmRemoveSelfResourceAccess)
        try members.required("Policy", &policy)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("ExpectedRevisionId", expectedRevisionId, .length(1, 255))
        check.check("ResourceArn", resourceArn, .length(1, 1_283))
    }
}

extension PutResourcePolicyOutput {
    /// Makes a response of its members.
    public init(
        revisionId: String? = nil
    ) {
        self.revisionId = revisionId
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("RevisionId", &revisionId)
    }
}

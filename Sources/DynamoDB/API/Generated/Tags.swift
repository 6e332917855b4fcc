// Made by scripts/generate-api of the API's model in botocore 1.44.8. Do not edit.
// swift-format-ignore-file

extension ListTagsOfResourceInput {
    /// Makes a request of its members.
    public init(
        resourceArn: String,
        nextToken: String? = nil
    ) {
        self.resourceArn = resourceArn
        self.nextToken = nextToken
    }

    package static var unread: Self { Self(resourceArn: .init()) }

    package static var front: ValidationFront? { .older }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("NextToken", &nextToken)
        try members.required("ResourceArn", &resourceArn)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("ResourceArn", resourceArn, .length(1, 1_283))
    }
}

extension ListTagsOfResourceOutput {
    /// Makes a response of its members.
    public init(
        tags: [Tag]? = nil,
        nextToken: String? = nil
    ) {
        self.tags = tags
        self.nextToken = nextToken
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("Tags", &tags)
        try members.optional("NextToken", &nextToken)
    }
}

extension TagResourceInput {
    /// Makes a request of its members.
    public init(
        resourceArn: String,
        tags: [Tag]
    ) {
        self.resourceArn = resourceArn
        self.tags = tags
    }

    package static var unread: Self { Self(resourceArn: .init(), tags: .init()) }

    package static var front: ValidationFront? { .older }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("ResourceArn", &resourceArn)
        try members.required("Tags", &tags)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("ResourceArn", resourceArn, .length(1, 1_283))
        check.look(into: tags, at: "Tags")
    }
}

extension UntagResourceInput {
    /// Makes a request of its members.
    public init(
        resourceArn: String,
        tagKeys: [String]
    ) {
        self.resourceArn = resourceArn
        self.tagKeys = tagKeys
    }

    package static var unread: Self { Self(resourceArn: .init(), tagKeys: .init()) }

    package static var front: ValidationFront? { .older }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("TagKeys", &tagKeys)
        try members.required("ResourceArn", &resourceArn)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("TagKeys", tagKeys, .count(nil, nil, of: 1...128))
        check.check("ResourceArn", resourceArn, .length(1, 1_283))
    }
}

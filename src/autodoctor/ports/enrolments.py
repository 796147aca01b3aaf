"""Keeping what those who are invited will be in a company."""

from typing import Protocol

from autodoctor.domain.corporate.enrolment import Enrolment
from autodoctor.domain.shared.ids import InvitationId, OrganizationId
from autodoctor.ports.stores import Store


class Enrolments(Store[Enrolment, InvitationId], Protocol):
    """One for each invitation of an employee. Of a department that is removed nothing stays."""

    def of_organization(self, organization_id: OrganizationId, /) -> tuple[Enrolment, ...]:
        """Whatever became of their invitations."""

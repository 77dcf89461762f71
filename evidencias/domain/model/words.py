"""The contract's machine words as enums: their values are Spanish, their names English."""

from __future__ import annotations

from enum import StrEnum


class EvidenceKind(StrEnum):
    """Kind of evidence a file is and an activity may require; `OTHER` satisfies no requirement."""

    ACTA = "acta"
    ATTENDANCE = "asistencia"
    PHOTOS = "fotos"
    REPORT = "informe"
    CONTRACT = "contrato"
    PUBLICATION = "publicacion"
    CERTIFICATE = "certificado"
    FORM = "formato"
    OTHER = "otro"


class LinkState(StrEnum):
    """What is known of an activity-file pair; the last two come only from people."""

    AUTOMATIC = "automatico"
    SUGGESTED = "sugerido"
    CONFIRMED = "confirmado"
    REJECTED = "rechazado"


class ActivityState(StrEnum):
    """The standing of a reported activity (contract, "States")."""

    SUPPORTED = "soportada"
    TO_REVIEW = "por_revisar"
    PARTIAL = "parcial"
    NO_EVIDENCE = "sin_evidencia"
    UNVERIFIABLE = "no_verificable"


class ClaimKind(StrEnum):
    """Whether a claim of the report is in the plan; an uncertain claim has None instead."""

    PLANNED = "programada"
    UNPLANNED = "no_programada"


class ClaimState(StrEnum):
    """Support of a claim that no plan holds: some orphan file may prove it, or none does."""

    POSSIBLE = "con_soporte_posible"
    UNSUPPORTED = "sin_soporte"


class Severity(StrEnum):
    """Weight of a finding; one unaccepted `BLOCKING` makes the audit fail (exit 1)."""

    BLOCKING = "bloqueante"
    OBSERVATION = "observacion"
    NOTICE = "aviso"


class FindingKind(StrEnum):
    """Classes of findings of the contract."""

    NO_EVIDENCE = "sin_evidencia"
    MISSING_KIND = "tipo_faltante"
    UNPLANNED = "reportada_no_programada"
    FIGURE_MISMATCH = "cifra_no_coincide"
    BROKEN_SHORTCUT = "acceso_directo_roto"
    EVIDENCE_GONE = "evidencia_retirada"
    EMPTY_FILE = "archivo_vacio"
    OUT_OF_PERIOD = "fuera_de_periodo"
    TO_REVIEW = "por_revisar"
    LATE_UPLOAD = "carga_tardia"
    REUSED_DUPLICATE = "duplicado_reutilizado"
    PUBLIC_LINK = "enlace_publico"
    OFF_SCHEDULE = "fuera_de_programacion"
    CLAIMED_NOT_REPORTED = "afirmada_no_reportada"
    REPORTED_NOT_CLAIMED = "reportada_no_afirmada"
    DOUBTFUL_CODE = "codigo_dudoso"
    CONTRADICTION = "contradiccion"
    PLANNED_NOT_REPORTED = "programada_no_reportada"


class Verdict(StrEnum):
    """What a person decided: about a pair (confirm, reject) or a finding (accept)."""

    CONFIRM = "confirmar"
    REJECT = "rechazar"
    ACCEPT = "aceptar"


class FigureVerdict(StrEnum):
    """Whether a claimed figure agrees with plan and evidence."""

    MATCH = "coincide"
    MISMATCH = "no_coincide"
    UNVERIFIABLE = "no_verificable"


class AuditVerdict(StrEnum):
    """The audit in one word."""

    CLEAN = "sin_inconsistencias"
    OBSERVATIONS = "con_observaciones"
    INCONSISTENT = "con_inconsistencias"


class Presence(StrEnum):
    """Whether a file was seen in this reading; the others are known from an earlier one."""

    SEEN = "visto"
    GONE = "retirado"
    UNREAD = "no_leido"


class FigureSubject(StrEnum):
    """What a figure of the report measures (`que`)."""

    COMPLIANCE = "cumplimiento"
    PLANNED_ACTIVITIES = "actividades_programadas"
    REPORTED_ACTIVITIES = "actividades_reportadas"
    ACHIEVED = "ejecutado"
    OTHER = "otra"
